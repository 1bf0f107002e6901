package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/conformance.md")
class ConformanceTest {

    private static final Pattern TEST = Pattern.compile("`(?:(dev[a-z.]+)\\.)?(\\w+Test(?:\\$\\w+)?)#(\\w+)`");

    @Test
    @DisplayName("names only tests that exist")
    void names() throws IOException {
        String table = Files.readString(Path.of("..", "docs", "conformance.md"));
        List<MatchResult> named = TEST.matcher(table).results().toList();

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(named).allSatisfy(test -> assertThat(methods(test)).contains(test.group(3)));
    }

    private static List<String> methods(MatchResult test) throws ClassNotFoundException {
        String home = test.group(1) == null ? ConformanceTest.class.getPackageName() : test.group(1);
        return Arrays.stream(Class.forName(home + '.' + test.group(2)).getDeclaredMethods())
                .map(java.lang.reflect.Method::getName)
                .toList();
    }
}
