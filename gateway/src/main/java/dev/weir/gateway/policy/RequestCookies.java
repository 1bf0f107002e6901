package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import java.util.Set;

/** Whether a request carries cookies by which the origin may have made the page for one user (RFC 6265 §4.2.1). */
final class RequestCookies {

    private RequestCookies() {}

    /** Whether any cookie is there beyond those that the route says are of no account. */
    static boolean matter(Headers request, CacheRules rules) {
        Set<String> ignored = rules.cookies().ignored();
        for (String line : request.all("Cookie")) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                String name = FieldLists.trim(equals < 0 ? pair : pair.substring(0, equals));
                if (!ignored.contains(name) && !FieldLists.trim(pair).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }
}
