package dev.weir.gateway.policy;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
            CacheKey other = reference == null ? null : resolve(request, reference);
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

    /** The key that a reference in that exchange names; null where it names none. */
    private static @Nullable CacheKey resolve(Request request, String reference) {
        try {
            URI uri = new URI(request.url()).resolve(new URI(reference));
            if (uri.getScheme() == null || uri.getRawAuthority() == null || uri.getRawPath() == null) {
                return null;
            }
            return CacheKey.of(new Request(
                    "GET",
                    uri.getScheme(),
                    uri.getRawAuthority(),
                    uri.getRawPath(),
                    uri.getRawQuery(),
                    request.headers()));
        } catch (URISyntaxException unreadable) {
            return null;
        }
    }
}
