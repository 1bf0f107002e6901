package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The plain values that the tests of this package start from: one page, fetched at one moment. */
final class Given {

    static final Instant THEN = Instant.parse("2030-01-01T00:00:00Z");
    static final String DATE = HttpDate.format(THEN);
    static final LogPosition POSITION = new LogPosition("run", 7);
    static final StoredResponse.Times TIMES = new StoredResponse.Times(THEN, THEN);
    static final CacheRules RULES = CacheRules.DEFAULT;

    private Given() {}

    static Request get(String... fields) {
        return new Request("GET", "https", "example.org", "/page", null, Headers.of(fields));
    }

    /** The same request by another method. */
    static Request by(String method, Request same) {
        return new Request(method, same.scheme(), same.authority(), same.path(), same.query(), same.headers());
    }

    /** The rules of a route that says so of storing, and is silent otherwise. */
    static CacheRules storing(boolean enabled, long maxObjectBytes) {
        return new CacheRules(enabled, RULES.ttl(), maxObjectBytes, RULES.stale());
    }

    /** A 200 with that Date and these fields. */
    static ResponseHead ok(String... fields) {
        return new ResponseHead(
                200,
                Headers.of("Date", DATE).toBuilder().addAll(Headers.of(fields)).build());
    }

    static ResponseHead status(int status, String... fields) {
        return new ResponseHead(status, ok(fields).headers());
    }

    static StoredResponse stored(String... fields) {
        return stored(ok(fields), RULES);
    }

    static StoredResponse stored(ResponseHead head, CacheRules rules) {
        CacheKey key = CacheKey.of(get());
        StoredResponse.Provenance provenance =
                new StoredResponse.Provenance(POSITION, rules.hash(), Selectors.of(key, head.headers()));
        return Storage.make(key, get(), head, TIMES, provenance, "hello".getBytes(StandardCharsets.UTF_8));
    }

    static Instant after(long seconds) {
        return THEN.plusSeconds(seconds);
    }
}
