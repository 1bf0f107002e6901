package dev.weir.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever arrives, the parsers answer; and what is written is read back the same. */
class ParsersPropertyTest {

    @Property(tries = 500)
    @Label("a date is read back to the second")
    void datesRoundTrip(@ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long seconds) {
        Instant moment = Instant.ofEpochSecond(seconds);

        assertThat(HttpDate.parse(HttpDate.format(moment))).isEqualTo(moment);
    }

    @Property(tries = 1000)
    @Label("no text makes a parser throw")
    void neverThrow(@ForAll("fieldLike") String text) {
        assertThatCode(() -> {
                    HttpDate.parse(text);
                    StructuredFields.dictionary(text);
                    StructuredFields.list(text);
                    ByteRanges.select(text, 10);
                    ContentRange.parse(text);
                })
                .doesNotThrowAnyException();
    }

    @Property(tries = 500)
    @Label("a date with one character changed, but for its case, is never read as the same moment written otherwise")
    void datesAreStrict(
            @ForAll @LongRange(min = 0, max = 4_102_444_800L) long seconds,
            @ForAll @IntRange(min = 3, max = 28) int at,
            @ForAll char other) {
        String text = HttpDate.format(Instant.ofEpochSecond(seconds));
        String changed = text.substring(0, at) + other + text.substring(at + 1);
        Instant parsed = HttpDate.parse(changed);

        assertThat(parsed == null || !parsed.equals(Instant.ofEpochSecond(seconds)) || changed.equalsIgnoreCase(text))
                .isTrue();
    }

    @Property(tries = 500)
    @Label("a printable string is read back the same")
    void stringsRoundTrip(@ForAll("printable") String text) {
        List<StructuredFields.Member> members = StructuredFields.list(StructuredFields.quoted(text));

        assertThat(members)
                .containsExactly(new StructuredFields.Item(new StructuredFields.Text(text), java.util.Map.of()));
    }

    @Property(tries = 500)
    @Label("selected slices lie within the representation")
    void slicesFit(@ForAll("rangeLike") String range, @ForAll @LongRange(min = 0, max = 50) long length) {
        List<ByteRanges.Slice> slices = ByteRanges.select("bytes=" + range, length);

        if (slices != null) {
            assertThat(slices)
                    .allSatisfy(slice -> assertThat(
                                    slice.first() >= 0 && slice.first() <= slice.last() && slice.last() < length)
                            .isTrue());
        }
    }

    @Provide
    Arbitrary<String> fieldLike() {
        Arbitrary<String> grammar = Arbitraries.strings()
                .withChars("abzAZ019 -_.*\"\\;=,:?()@%&/\t")
                .ofMaxLength(40);
        Arbitrary<String> dates = Arbitraries.strings()
                .withChars("SunMoNv, 0123456789:-GMT")
                .ofMinLength(20)
                .ofMaxLength(33);
        return Arbitraries.oneOf(grammar, dates, Arbitraries.strings().ofMaxLength(40));
    }

    @Provide
    Arbitrary<String> printable() {
        return Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(30);
    }

    @Provide
    Arbitrary<String> rangeLike() {
        return Arbitraries.strings().withChars("0123456789-,").ofMaxLength(12);
    }
}
