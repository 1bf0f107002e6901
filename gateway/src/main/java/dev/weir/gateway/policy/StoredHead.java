package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import java.util.Set;

/**
 * The fields of a response as they are stored (RFC 9111 §3.1): end to end, without cookies and framing, with a Date and
 * an entity tag. Age stays for the arithmetic, tags stay for the selectors; neither goes to clients as it is.
 */
final class StoredHead {

    /** The length follows from the form of the body that is sent; lower case. */
    private static final String LENGTH = "content-length";

    /** Cookies are one client's; lower case. */
    private static final Set<String> COOKIES = Set.of("set-cookie", "set-cookie2");

    private StoredHead() {}

    static Headers of(Headers received, StoredResponse.Times times, byte[] identity, CacheRules rules) {
        Headers fields = ofPart(received, times, rules);
        return EntityTags.of(fields) != null ? fields : fields.with("ETag", EntityTags.made(identity));
    }

    /** The same without a tag made here: a part's bytes tell nothing of the whole's. */
    static Headers ofPart(Headers received, StoredResponse.Times times, CacheRules rules) {
        boolean whole = rules.cookies().setCookie() == CacheRules.SetCookie.STORE;
        return dated(whole ? withCookies(received) : storable(received), times);
    }

    /** Of a later answer what may update stored fields: cookies only where the route let them be stored. */
    static Headers storable(Headers received, Headers stored) {
        boolean cookies = COOKIES.stream().anyMatch(stored::contains);
        return cookies ? withCookies(received) : storable(received);
    }

    private static Headers storable(Headers received) {
        return withoutCookies(withCookies(received));
    }

    static Headers withoutCookies(Headers received) {
        return received.without(COOKIES);
    }

    private static Headers withCookies(Headers received) {
        return HopByHop.strip(received).without(LENGTH);
    }

    /** RFC 9110 §6.6.1: a recipient with a clock puts the time of receipt where Date is missing or invalid. */
    static Headers dated(Headers fields, StoredResponse.Times times) {
        return Freshness.date(fields, "Date") != null ? fields : fields.with("Date", HttpDate.format(times.received()));
    }
}
