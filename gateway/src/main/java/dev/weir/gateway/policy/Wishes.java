package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import java.time.Duration;
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

    private static final Duration ANY = Duration.ofSeconds(CacheControl.MAX_SECONDS);

    static Wishes of(Request client, CacheRules rules) {
        if (!rules.obeyClient()) {
            return NONE;
        }
        Headers headers = client.headers();
        if (!headers.contains("Cache-Control") && !headers.contains("Pragma")) {
            return NONE; // most requests: nothing is copied for them
        }
        String value = headers.list("Cache-Control");
        if (value == null) {
            // §5.4: Pragma counts only where there is no Cache-Control
            return hasPragmaNoCache(headers) ? new Wishes(true, null, null, null, null) : NONE;
        }
        CacheControl control = CacheControl.parse(value);
        return new Wishes(
                control.has("no-cache"),
                control.seconds("max-age"),
                control.seconds("min-fresh"),
                control.hasNoArgument("max-stale") ? ANY : control.seconds("max-stale"), // §5.2.1.2
                control.seconds("stale-if-error"));
    }

    private static boolean hasPragmaNoCache(Headers headers) {
        String pragma = headers.list("Pragma");
        return pragma != null && CacheControl.parse(pragma).has("no-cache");
    }
}
