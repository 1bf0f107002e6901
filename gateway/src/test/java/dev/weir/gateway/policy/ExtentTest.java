package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.DATE;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.by;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §14.2: how much of a representation goes out?")
class ExtentTest {

    private static final String LONG_AGO = HttpDate.format(after(-60));
    private static final Headers SELECTED =
            ok("ETag", "\"a\"", "Last-Modified", LONG_AGO).headers();

    @ParameterizedTest(name = "{0} of 10 bytes: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-4        | PARTS         | 0-4
            bytes=9-9        | PARTS         | 9-9
            bytes=5-         | PARTS         | 5-9
            bytes=-3         | PARTS         | 7-9
            bytes=-99        | PARTS         | 0-9
            bytes=5-99       | PARTS         | 5-9
            bytes=0-1,4-5    | PARTS         | 0-1 4-5
            bytes=4-5, 0-1   | PARTS         | 4-5 0-1
            bytes=0-1,50-    | PARTS         | 0-1
            bytes=10-        | UNSATISFIABLE | ''
            bytes=-0         | UNSATISFIABLE | ''
            bytes=5-4        | WHOLE         | ''
            bytes=           | WHOLE         | ''
            bytes=x          | WHOLE         | ''
            lines=0-1        | WHOLE         | ''
            bytes=0-5,3-8    | WHOLE         | ''
            bytes=3-8,0-5    | WHOLE         | ''
            bytes=0-3,3-8    | WHOLE         | ''
            bytes=3-8,0-3    | WHOLE         | ''
            bytes=0-3,4-8    | PARTS         | 0-3 4-8
            """)
    @DisplayName("single and multiple ranges; the overlapping and the malformed get the whole")
    void ranges(String range, Extent.Verdict verdict, String slices) {
        Extent extent = Extent.decide(get("Range", range), 200, SELECTED, 10);

        assertThat(extent.verdict()).isEqualTo(verdict);
        assertThat(extent.slices().stream().map(ExtentTest::text).collect(Collectors.joining(" ")))
                .isEqualTo(slices);
    }

    @Test
    @DisplayName("§17.15: a flood of small ranges gets the whole")
    void flood() {
        String sixteen = "bytes="
                + IntStream.range(0, 16).mapToObj(i -> 2 * i + "-" + 2 * i).collect(Collectors.joining(","));

        assertThat(Extent.decide(get("Range", sixteen), 200, SELECTED, 99).slices())
                .hasSize(16);
        assertThat(Extent.decide(get("Range", sixteen + ",98-98"), 200, SELECTED, 99)
                        .verdict())
                .isEqualTo(Extent.Verdict.WHOLE);
    }

    @Test
    @DisplayName("MUST be ignored for methods but GET; applies to 200 alone; one field line")
    void elsewhere() {
        Request client = get("Range", "bytes=0-1");

        assertThat(whole(by("HEAD", client), 200)).isTrue();
        assertThat(whole(client, 404)).isTrue();
        assertThat(whole(get("Range", "bytes=0-1", "Range", "bytes=0-1"), 200)).isTrue();
        assertThat(whole(get(), 200)).isTrue();
        assertThat(whole(client, 200)).isFalse();
    }

    @Nested
    @DisplayName("§13.1.5: If-Range")
    class IfRange {

        @ParameterizedTest(name = "{0}: parts {1}")
        @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                "a"                           | true
                "b"                           | false
                W/"a"                         | false
                "a;w-br5"                     | false
                a                             | false
                Mon, 31 Dec 2029 23:59:00 GMT | true
                Mon, 31 Dec 2029 23:58:59 GMT | false
                Mon, 31 Dec 2029 23:59:01 GMT | false
                """)
        @DisplayName("MUST compare strongly: the tag, or the exact date of modification")
        void validators(String condition, boolean parts) {
            assertThat(whole(get("Range", "bytes=0-1", "If-Range", condition), 200))
                    .isEqualTo(!parts);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 59})
        @DisplayName("a date is strong only if well before the answer's own (§8.8.2.2)")
        void weakDate(long seconds) {
            String modified = HttpDate.format(after(-seconds));
            Headers selected = ok("Last-Modified", modified).headers();

            assertThat(Extent.decide(get("Range", "bytes=0-1", "If-Range", modified), 200, selected, 10)
                            .verdict())
                    .isEqualTo(Extent.Verdict.WHOLE);
        }

        @Test
        @DisplayName("nothing to compare with, or said twice: the whole")
        void incomparable() {
            Request byTag = get("Range", "bytes=0-1", "If-Range", "\"a\"");
            Request byDate = get("Range", "bytes=0-1", "If-Range", DATE);

            assertThat(Extent.decide(byTag, 200, Headers.empty(), 10).verdict()).isEqualTo(Extent.Verdict.WHOLE);
            assertThat(Extent.decide(byDate, 200, Headers.empty(), 10).verdict())
                    .isEqualTo(Extent.Verdict.WHOLE);
            assertThat(whole(get("Range", "bytes=0-1", "If-Range", "\"a\"", "If-Range", "\"a\""), 200))
                    .isTrue();
        }
    }

    private static boolean whole(Request client, int status) {
        return Extent.decide(client, status, SELECTED, 10).verdict() == Extent.Verdict.WHOLE;
    }

    private static String text(Slice slice) {
        return slice.first() + "-" + slice.last();
    }
}
