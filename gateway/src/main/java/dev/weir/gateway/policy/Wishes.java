package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of caches (RFC 9111 §5.2.1).
 *
 * @param maxAge the greatest age the client will take; null where it does not say
 * @param minFresh the least remaining freshness it wants; null where it does not say
 * @param maxStale how stale it will take; null: not at all
 * @param staleIfError how stale it will take in place of an error (RFC 5861 §4); null where it does not say
 */
record Wishes(
        boolean noCache,
        @Nullable Duration maxAge,
        @Nullable Duration minFresh,
        @Nullable Duration maxStale,
        @Nullable Duration staleIfError) {

    static final Wishes NONE = new Wishes(false, null, null, null, null);

    private static final Wishes NO_CACHE = new Wishes(true, null, null, null, null);

    private static final Duration ANY = Duration.ofSeconds(CacheControl.MAX_SECONDS);

    static Wishes of(Request client, CacheRules rules) {
        if (!rules.obeyClient()) {
            return NONE;
        }
        Headers headers = client.headers();
        if (headers.contains("Cache-Control")) {
            return of(CacheControl.of(headers));
        }
        // §5.4: Pragma counts only where there is no Cache-Control; most requests have neither, and nothing is copied
        return headers.contains("Pragma") && hasNoCache(headers.all("Pragma")) ? NO_CACHE : NONE;
    }

    private static Wishes of(CacheControl control) {
        return new Wishes(
                control.has("no-cache"),
                control.seconds("max-age"),
                control.seconds("min-fresh"),
                control.hasNoArgument("max-stale") ? ANY : control.seconds("max-stale"), // §5.2.1.2
                control.seconds("stale-if-error"));
    }

    private static boolean hasNoCache(List<String> pragmas) {
        return pragmas.stream().anyMatch(line -> CacheControl.parse(line).has("no-cache"));
    }
}
