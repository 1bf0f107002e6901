package dev.weir.gateway.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.StructuredFields;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** The readers of this package never fail, and read back what is written by the grammar. */
class FieldsPropertyTest {

    @Property(tries = 1000)
    @Label("no text makes a reader throw")
    void neverThrow(@ForAll("texts") String text, @ForAll("texts") String other) {
        assertThatCode(() -> {
                    CacheControl.parse(text);
                    CacheControl.deltaSeconds(text);
                    CacheControl.targeted(Headers.of("A", text), List.of("A"));
                    FieldLists.split(text);
                    FieldLists.tags(text);
                    FieldLists.names(text);
                    Weighted.parse(text);
                    VaryValue.of("accept-language", Headers.of("Accept-Language", text));
                    VaryValue.favourite(text);
                    EntityTags.matchesWeakly(text, other);
                    EntityTags.withoutCodings(text);
                    Preconditions.matched(text, Headers.of("ETag", other));
                    QueryRules.decode(text);
                    NoVarySearch.of(Headers.of("No-Vary-Search", text));
                    References.resolve(Given.get(), text);
                    Selectors.groups(Headers.of("Cache-Groups", text), "Cache-Groups");
                })
                .doesNotThrowAnyException();
    }

    @Property(tries = 500)
    @Label("directives are read back, as tokens and as strings")
    void directives(@ForAll("directives") Map<String, String> directives) {
        String tokens = directives.entrySet().stream()
                .map(directive -> directive.getKey().toUpperCase(Locale.ROOT) + '=' + directive.getValue())
                .collect(Collectors.joining(" ,\t"));
        String strings = directives.entrySet().stream()
                .map(directive -> directive.getKey() + '=' + StructuredFields.quoted(directive.getValue()))
                .collect(Collectors.joining(","));

        assertThat(CacheControl.parse(tokens).directives()).isEqualTo(directives);
        assertThat(CacheControl.parse(strings).directives()).isEqualTo(directives);
    }

    @Property(tries = 500)
    @Label("strings with commas, quotes and backslashes stay whole in a list")
    void strings(@ForAll("printables") List<String> texts) {
        List<String> quoted = texts.stream().map(StructuredFields::quoted).toList();

        assertThat(FieldLists.split(String.join(",", quoted))).isEqualTo(quoted);
    }

    @Property(tries = 500)
    @Label("so do entity tags, and each loses a coding's suffix in a list as it does alone")
    void tags(@ForAll("tags") List<String> tags) {
        List<String> coded =
                tags.stream().map(tag -> EntityTags.withCoding(tag, "br5")).toList();

        assertThat(FieldLists.tags(String.join(" , ", tags))).isEqualTo(tags);
        assertThat(EntityTags.withoutCodings(String.join(", ", coded))).isEqualTo(String.join(", ", tags));
    }

    @Property(tries = 500)
    @Label("a member behind a quote that never closes is still a member")
    void nothingHidden(@ForAll("printables") List<String> texts) {
        String strings = texts.stream().map(StructuredFields::quoted).collect(Collectors.joining(","));

        assertThat(CacheControl.parse("x=" + strings + ",y=\"open, no-store").has("no-store"))
                .isTrue();
        assertThat(FieldLists.names(strings + ",\", *")).endsWith("*");
    }

    @Property(tries = 500)
    @Label("delta-seconds are read back, those past 2^31 as 2^31")
    void seconds(@ForAll @LongRange(min = 0) long seconds) {
        assertThat(CacheControl.deltaSeconds("00" + seconds)).isEqualTo(Math.min(seconds, 1L << 31));
    }

    @Property(tries = 500)
    @Label("a weighted list means the same in any order and spelling of weights")
    void weighted(@ForAll("weights") Map<String, Integer> weights) {
        List<Weighted> members = weights.entrySet().stream()
                .map(member -> new Weighted(member.getKey(), member.getValue()))
                .toList();
        String written = members.stream()
                .map(member -> member.name() + " ; Q="
                        + (member.thousandths() == 1000 ? "1.0" : "0.%03d".formatted(member.thousandths())))
                .collect(Collectors.joining(","));

        assertThat(Weighted.parse(written)).isEqualTo(members);
    }

    @Property(tries = 500)
    @Label("whatever Cache-Status says, its member parses as one")
    void cacheStatus(@ForAll("texts") String detail, @ForAll("texts") String key, @ForAll int ttl) {
        String value = CacheStatus.forwarded(CacheStatus.Forward.STALE)
                .withDetail(detail)
                .withKey(key)
                .withTtl(Duration.ofSeconds(ttl))
                .withStored()
                .value();
        List<StructuredFields.Member> members = requireNonNull(StructuredFields.list(value), value);

        assertThat(members).hasSize(1);
        assertThat(members.get(0).parameters()).containsEntry("ttl", new StructuredFields.Int(ttl));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> grammar = Arbitraries.strings()
                .withChars("abZ019 \t,;=\"\\*/-:%?().qW+&#")
                .ofMaxLength(30);
        return Arbitraries.oneOf(grammar, Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<Map<String, String>> directives() {
        Arbitrary<String> tokens = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("-_09")
                .ofMinLength(1)
                .ofMaxLength(8);
        return Arbitraries.maps(tokens, tokens).ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> printables() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .ofMaxLength(12)
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<String>> tags() {
        Arbitrary<String> opaque = Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"')
                .ofMaxLength(8)
                .filter(text -> !text.contains(";w-"));
        return Arbitraries.of("", "W/")
                .flatMap(weak -> opaque.map(text -> weak + '"' + text + '"'))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Map<String, Integer>> weights() {
        Arbitrary<String> names =
                Arbitraries.strings().withCharRange('a', 'w').ofMinLength(1).ofMaxLength(5);
        return Arbitraries.maps(names, Arbitraries.integers().between(0, 1000))
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
