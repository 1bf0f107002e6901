package dev.weir.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
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
    @Label("the obsolete forms of a date, up to 2068, are read as the present one is, in any case")
    void obsoleteDates(@ForAll @LongRange(min = 0, max = 3_124_223_999L) long seconds, @ForAll boolean upper) {
        Instant moment = Instant.ofEpochSecond(seconds);
        for (String form : List.of("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM ppd HH:mm:ss yyyy")) {
            String text = DateTimeFormatter.ofPattern(form, Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC)
                    .format(moment);

            assertThat(HttpDate.parse(upper ? text.toUpperCase(Locale.ROOT) : text))
                    .isEqualTo(moment);
        }
    }

    @Property(tries = 500)
    @Label("a Content-Range is read back")
    void contentRanges(
            @ForAll @LongRange(min = 0, max = 1L << 60) long first,
            @ForAll @LongRange(min = 0, max = 1L << 60) long length,
            @ForAll @LongRange(min = 0, max = 1L << 60) long rest,
            @ForAll boolean known) {
        ContentRange range =
                new ContentRange(new ByteRanges.Slice(first, first + length), known ? first + length + 1 + rest : -1);

        assertThat(ContentRange.parse(range.value())).isEqualTo(range);
    }

    @Property(tries = 500)
    @Label("numbers, tokens and booleans with parameters are read back, in lists and dictionaries")
    void itemsRoundTrip(
            @ForAll @LongRange(min = -999_999_999_999_999L, max = 999_999_999_999_999L) long number,
            @ForAll boolean flag,
            @ForAll("tokens") String token) {
        String item = number + ";p=?" + (flag ? 1 : 0) + ";q=" + token;
        StructuredFields.Item expected = new StructuredFields.Item(
                new StructuredFields.Int(number),
                java.util.Map.of("p", new StructuredFields.Bool(flag), "q", new StructuredFields.Token(token)));

        assertThat(StructuredFields.list("(" + item + "), " + item))
                .containsExactly(new StructuredFields.InnerList(List.of(expected), java.util.Map.of()), expected);
        assertThat(StructuredFields.dictionary("a=" + item + ",b"))
                .containsEntry("a", expected)
                .containsKey("b");
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
    Arbitrary<String> tokens() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("*!#$%&'+-.^_`|~:/09")
                .ofMaxLength(8)
                .map(rest -> "t" + rest);
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
