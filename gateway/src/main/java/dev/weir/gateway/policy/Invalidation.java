package dev.weir.gateway.policy;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.util.HashSet;
import java.util.Set;

/** What an exchange invalidates by itself (RFC 9111 §4.4, RFC 9875 §3). */
public final class Invalidation {

    private Invalidation() {}

    /** The selectors to be validated before their next use; empty where the exchange changes nothing. */
    public static Set<Selector> causedBy(Request request, ResponseHead response) {
        // §4.4: unsafe methods, and those whose safety is unknown; 2xx and 3xx are the non-error answers
        if (request.isSafe() || response.status() < 200 || response.status() > 399) {
            return Set.of();
        }
        CacheKey target = CacheKey.of(request);
        Set<Selector> struck = new HashSet<>();
        struck.add(new Selector(Selector.Kind.URL, target.url()));
        for (String field : new String[] {"Location", "Content-Location"}) {
            String reference = response.headers().only(field);
            CacheKey other = reference == null ? null : References.resolve(request, reference);
            // §4.4: of the same origin only, or any site could empty another's cache
            if (other != null && other.origin().equals(target.origin())) {
                struck.add(new Selector(Selector.Kind.URL, other.url()));
            }
        }
        for (String group : Selectors.groups(response.headers(), "Cache-Group-Invalidation")) {
            struck.add(Selectors.group(target, group));
        }
        return Set.copyOf(struck);
    }
}
