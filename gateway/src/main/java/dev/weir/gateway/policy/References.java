package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** What Location and Content-Location point at (RFC 9110 §10.2.2, §8.7). */
final class References {

    private References() {}

    /** The key of a reference, relative to the request's target; null where it names nothing that has a key. */
    static @Nullable CacheKey resolve(Request request, String reference) {
        try {
            // Without its query, which counts for nothing here (RFC 3986 §5.2.2) and need not be one that a URI can
            // have
            String base = request.scheme() + "://" + request.authority() + request.path();
            URI uri = resolve(new URI(base), reference);
            String authority = uri.getRawAuthority();
            if (authority == null) {
                return null; // mailto: and the like
            }
            return CacheKey.of(new Request(
                    "GET", uri.getScheme(), authority, uri.getRawPath(), uri.getRawQuery(), Headers.empty()));
        } catch (URISyntaxException unreadable) {
            return null;
        }
    }

    /** RFC 3986 §5.2.2: a query alone keeps the whole path; {@link URI#resolve} goes by RFC 2396 and drops its end. */
    private static URI resolve(URI target, String reference) throws URISyntaxException {
        return reference.startsWith("?")
                ? target.resolve(new URI(target.getRawPath() + reference))
                : target.resolve(new URI(reference));
    }
}
