package dev.weir.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of rules can't rot: whatever it names is there, and each rule names something. */
@DisplayName("docs/conformance.md")
class ConformanceTest {

    private static final Path TABLE = Path.of("..", "docs", "conformance.md");
    private static final Path ROWS = Path.of("src", "test", "resources", "conformance");

    private static final Pattern TEST = Pattern.compile("`(?:(dev[a-z.]+)\\.)?(\\w+(?:Test|IT)(?:\\$\\w+)?)#(\\w+)`");
    private static final Pattern ROW = Pattern.compile("`([a-z-]+/[a-z0-9-]+)`");
    private static final Pattern NEXT_ROW = Pattern.compile("(?m)^- id: ");
    private static final Pattern RULE =
            Pattern.compile("\\| [^|]+ \\| (?:MUST|MUST NOT|SHOULD|SHOULD NOT|MAY|choice|departs) \\|.*");

    @Test
    @DisplayName("names only tests that exist, and are tests")
    void names() throws IOException {
        List<MatchResult> named =
                TEST.matcher(Files.readString(TABLE)).results().toList();

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(named).allSatisfy(test -> assertThat(tests(test)).contains(test.group(3)));
    }

    @Test
    @DisplayName("names only rows that exist; who names one that can't pass yet says that it is pending")
    void rows() throws IOException {
        Map<String, Boolean> pending = pendingByRow();

        assertThat(rules())
                .allSatisfy(rule -> ROW.matcher(rule).results().forEach(row -> {
                    assertThat(pending).as(rule).containsKey(row.group(1));
                    if (!rule.contains("pending")) {
                        assertThat(pending).as(rule).containsEntry(row.group(1), false);
                    }
                }));
    }

    @Test
    @DisplayName("has a test or a row for each rule, and each rule once")
    void each() throws IOException {
        assertThat(rules())
                .hasSizeGreaterThan(200)
                .doesNotHaveDuplicates()
                .allMatch(rule -> TEST.matcher(rule).find() || ROW.matcher(rule).find());
    }

    private static List<String> rules() throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> RULE.matcher(line).matches()).toList();
        }
    }

    /** Each row by its file's name and its id, with whether it can't pass yet. */
    private static Map<String, Boolean> pendingByRow() throws IOException {
        Map<String, Boolean> pending = new HashMap<>();
        try (Stream<Path> files = Files.list(ROWS)) {
            for (Path file : files.toList()) {
                String area = file.getFileName().toString().replace(".yaml", "");
                for (String row : NEXT_ROW.split(Files.readString(file), -1)) {
                    String id = row.lines().findFirst().orElse("").strip();
                    pending.put(area + '/' + id, row.contains("\n  pending: "));
                }
            }
        }
        return pending;
    }

    private static List<String> tests(MatchResult test) throws ClassNotFoundException {
        String home = test.group(1) == null ? ConformanceTest.class.getPackageName() : test.group(1);
        return Arrays.stream(Class.forName(home + '.' + test.group(2)).getDeclaredMethods())
                .filter(ConformanceTest::isTest)
                .map(Method::getName)
                .toList();
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class)
                || method.isAnnotationPresent(Property.class);
    }
}
