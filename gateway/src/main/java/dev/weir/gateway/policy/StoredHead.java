package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.HttpDate;
import java.util.Set;

/**
 * The fields of a response as they are stored (RFC 9111 §3.1): end to end, without cookies and framing, with a Date and
 * an entity tag. Age stays for the arithmetic, tags stay for the selectors; neither goes to clients as it is.
 */
final class StoredHead {

    /** Cookies are one client's; the length follows from the form of the body that is sent. Lower case. */
    private static final Set<String> NOT_STORED = Set.of("set-cookie", "set-cookie2", "content-length");

    private StoredHead() {}

    static Headers of(Headers received, StoredResponse.Times times, byte[] identity) {
        Headers fields = dated(storable(received), times);
        return EntityTags.of(fields) != null ? fields : fields.with("ETag", EntityTags.made(identity));
    }

    static Headers storable(Headers received) {
        return HopByHop.strip(received).without(NOT_STORED);
    }

    /** RFC 9110 §6.6.1: a recipient with a clock puts the time of receipt where Date is missing or invalid. */
    static Headers dated(Headers fields, StoredResponse.Times times) {
        return Freshness.date(fields, "Date") != null ? fields : fields.with("Date", HttpDate.format(times.received()));
    }
}
