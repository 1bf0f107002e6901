package dev.weir.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.ByteRanges.Slice;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110 §14: ranges")
class ByteRangesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=a-b",
                "bytes=1-0",
                "bytes=1-a",
                "bytes=0-1,x",
                "bytes=--1",
                "bytes=+1-2",
                "bytes =0-1",
                "bytes=0 - 1",
                "bits=0-1",
                "bytes=1"
            })
    @DisplayName("§14.2: MUST be ignored where malformed or of another unit")
    void ignored(String range) {
        assertThat(ByteRanges.select(range, 10)).isNull();
    }

    @Test
    @DisplayName("§14.1: units have no case; lists may have empty members and white space")
    void lists() {
        assertThat(ByteRanges.select("BYTES= 0-1 ,,\t4-\t", 10)).containsExactly(new Slice(0, 1), new Slice(4, 9));
    }

    @Test
    @DisplayName("positions beyond all bounds are large, not negative")
    void overflow() {
        assertThat(ByteRanges.select("bytes=1-99999999999999999999999", 10)).containsExactly(new Slice(1, 9));
        assertThat(ByteRanges.select("bytes=99999999999999999999999-", 10)).isEmpty();
        assertThat(ByteRanges.select("bytes=-99999999999999999999999", 10)).containsExactly(new Slice(0, 9));
    }

    @Test
    @DisplayName("nothing of an empty representation can be had")
    void empty() {
        assertThat(ByteRanges.select("bytes=0-", 0)).isEmpty();
        assertThat(ByteRanges.select("bytes=-5", 0)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"bytes 0-4/10, 0, 4, 10", "bytes 0-4/*, 0, 4, -1", "BYTES 9-9/10, 9, 9, 10"})
    @DisplayName("§14.4: Content-Range")
    void contentRange(String value, long first, long last, long length) {
        ContentRange range = new ContentRange(new Slice(first, last), length);

        assertThat(ContentRange.parse(value)).isEqualTo(range);
        assertThat(range.value()).isEqualToIgnoringCase(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes 0-4",
                "bytes */10",
                "bytes 4-0/10",
                "bytes 0-10/10",
                "bytes a-4/10",
                "bytes 0-b/10",
                "bytes 0-4/c",
                "bytes 0-4/",
                "lines 0-4/10",
                "bytes -4/10",
                "bytes 0/4-10",
                "by-es 0/4"
            })
    @DisplayName("§14.4: MUST NOT be used where invalid")
    void invalidContentRange(String value) {
        assertThat(ContentRange.parse(value)).isNull();
    }

    @Test
    @DisplayName("§14.4: a 416 tells the length")
    void unsatisfied() {
        assertThat(ContentRange.unsatisfied(10)).isEqualTo("bytes */10");
    }

    @Test
    @DisplayName("slices")
    void slices() {
        assertThat(new Slice(2, 5).length()).isEqualTo(4);
        assertThat(new Slice(2, 5).contains(new Slice(2, 5))).isTrue();
        assertThat(new Slice(2, 5).contains(new Slice(1, 5))).isFalse();
        assertThat(new Slice(2, 5).contains(new Slice(2, 6))).isFalse();
    }
}
