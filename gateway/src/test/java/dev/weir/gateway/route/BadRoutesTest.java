package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("a wrong routes file is refused with all its problems")
class BadRoutesTest {

    static final Map<String, String> ENVIRONMENT =
            Map.of("SET", "x", "EMPTY", "", "URL", "http://127.0.0.1:1", "SECRET", "http://me:hush@10.0.0.1");

    /** One wrong file and the exact lines that are said of it. */
    record Case(String title, String text, List<String> problems) {

        static List<Case> all() {
            List<Case> cases = new ArrayList<>();
            for (String part : resource().split("(?m)^=== ", -1)) {
                int title = part.indexOf('\n');
                int problems = part.lastIndexOf("\n---\n");
                if (problems >= 0) {
                    String text = problems < title ? "" : part.substring(title + 1, problems + 1);
                    List<String> lines = part.substring(problems + 5)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList();
                    cases.add(new Case(part.substring(0, title), text.replace("---8<---", "---"), lines));
                }
            }
            return cases;
        }

        private static String resource() {
            try (InputStream in = BadRoutesTest.class.getResourceAsStream("bad-routes.txt")) {
                return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        List<String> told() {
            RouteFile.Parsed parsed = RouteFile.parse("routes.yaml", text, ENVIRONMENT);
            assertThat(parsed.table()).isEmpty();
            return parsed.problems().stream().map(Problem::toString).toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachWithItsExactProblems() {
        return Case.all().stream()
                .map(wrong -> dynamicTest(
                        wrong.title(), () -> assertThat(wrong.told()).isEqualTo(wrong.problems())));
    }

    @Test
    @DisplayName("no case is lost while the table is read")
    void noCaseIsLost() {
        assertThat(Case.all())
                .hasSizeGreaterThan(60)
                .allSatisfy(wrong -> assertThat(wrong.problems()).isNotEmpty());
    }
}
