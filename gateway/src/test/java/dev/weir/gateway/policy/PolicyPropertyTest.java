package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.by;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What holds whatever an origin or a client sends. */
class PolicyPropertyTest {

    @Property(tries = 1000)
    @Label("no field value makes a decision throw")
    void neverThrow(@ForAll("values") String value, @ForAll("values") String other) {
        Headers fields = Headers.of(
                "Cache-Control",
                value,
                "CDN-Cache-Control",
                other,
                "Vary",
                value,
                "Age",
                other,
                "Expires",
                value,
                "Connection",
                other,
                "ETag",
                value,
                "Last-Modified",
                other,
                "Cache-Groups",
                value,
                "Location",
                other,
                "Content-Location",
                value,
                "No-Vary-Search",
                other,
                "Content-Range",
                value,
                "Cache-Tag",
                other);
        Request client = get(
                "Cache-Control",
                other,
                "If-None-Match",
                value,
                "If-Match",
                other,
                "Range",
                value,
                "If-Range",
                other,
                "Cookie",
                value,
                "Accept-Encoding",
                other,
                "Accept-Language",
                value,
                "Pragma",
                other);
        ResponseHead head = new ResponseHead(200, fields);

        assertThatCode(() -> {
                    Lookup.decide(client, RULES);
                    Storage.decide(client, head, RULES);
                    StoredResponse stored = stored(head, RULES);
                    Reuse.decide(stored, client, RULES, Trust.VALID, after(1));
                    Vary.best(java.util.List.of(stored), client);
                    Validation.conditions(stored);
                    Validation.freshen(stored, head, Given.TIMES, Given.POSITION);
                    Validation.evaluate(client, 200, fields);
                    Validation.notModified(client, fields);
                    Extent.decide(client, 200, fields, 10);
                    Invalidation.causedBy(by("POST", client), head);
                    NoVarySearch.of(fields).reduce(stored.key());
                    Parts.decide(client, new ResponseHead(206, fields), RULES);
                })
                .doesNotThrowAnyException();
    }

    @Property(tries = 500)
    @Label("a key's normal form is its own normal form")
    void idempotent(@ForAll("paths") String path) {
        CacheKey once = key(path);

        assertThat(key(once.path())).isEqualTo(once);
    }

    @Property(tries = 500)
    @Label("two paths share a key only if they mean the same octets")
    void neverMerged(@ForAll("paths") String one, @ForAll("paths") String other) {
        if (key(one).equals(key(other))) {
            assertThat(CacheKeyOctets.of(one)).isEqualTo(CacheKeyOctets.of(other));
        }
    }

    @Property(tries = 300)
    @Label("no response is fresh after it was stale, while time goes on")
    void monotonic(
            @ForAll @LongRange(min = 0, max = 100) long lifetime,
            @ForAll @LongRange(min = 0, max = 200) long early,
            @ForAll @LongRange(min = 0, max = 200) long later) {
        StoredResponse stored = stored("Cache-Control", "max-age=" + lifetime);
        Reuse first = Reuse.decide(stored, get(), RULES, Trust.VALID, after(Math.min(early, later)));
        Reuse second = Reuse.decide(stored, get(), RULES, Trust.VALID, after(Math.max(early, later)));

        assertThat(first.verdict() == Reuse.Verdict.FRESH || second.verdict() != Reuse.Verdict.FRESH)
                .isTrue();
        assertThat(first.age().plus(first.ttl())).hasSeconds(lifetime);
    }

    @Property(tries = 300)
    @Label("nothing purged is served as it stands")
    void purged(@ForAll("values") String control, @ForAll("values") String asked) {
        StoredResponse stored = stored("Cache-Control", control, "ETag", "\"a\"");
        for (Trust trust : new Trust[] {Trust.VALIDATE, Trust.GONE}) {
            Request client = get("Cache-Control", asked);
            Reuse reuse = Reuse.decide(stored, client, RULES, trust, after(1));

            assertThat(reuse.verdict()).isIn(Reuse.Verdict.VALIDATE, Reuse.Verdict.MISS);
            assertThat(Reuse.mayServeStaleOnError(stored, client, RULES, trust, after(1)))
                    .isFalse();
        }
    }

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> directives = Arbitraries.of(
                        "max-age=60",
                        "s-maxage=60",
                        "no-cache",
                        "no-store",
                        "private",
                        "public",
                        "max-stale",
                        "bytes=0-1",
                        "stale-while-revalidate=9",
                        "stale-if-error=9",
                        "\"a\"",
                        "W/\"a\"",
                        "*",
                        "a=1",
                        "gzip;q=0.5",
                        "=",
                        "\"")
                .list()
                .ofMaxSize(4)
                .map(list -> String.join(", ", list));
        Arbitrary<String> noise =
                Arbitraries.strings().withChars("ab=,;\"\\ \t*/-:%?()0123").ofMaxLength(20);
        return Arbitraries.oneOf(directives, noise, Arbitraries.strings().ofMaxLength(20));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "a", "A", "%61", "%41", "/", "%2f", "%2F", ".", "%2e", "%2E", "%", "%2", "~", "%7e", "%25",
                        "%AA", "%aa", "+")
                .list()
                .ofMaxSize(4)
                .map(list -> "/" + String.join("", list));
    }

    private static CacheKey key(String path) {
        return CacheKey.of(new Request("GET", "https", "h", path, null, Headers.empty()));
    }
}
