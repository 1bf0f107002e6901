package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;

/**
 * May the cache answer this request at all? The first decision of the walk, before any key is looked up.
 *
 * @param reason why, as a token for Cache-Status and metrics
 */
public record Lookup(Verdict verdict, String reason) {

    private static final String EVENT_STREAM = "text/event-stream";

    public enum Verdict {
        /** Look for a stored response; share a flight. */
        CACHE,
        /** Straight to the origin, past both. */
        FORWARD
    }

    /** The verdict on that request; whether a credential bars reuse is a matter of the response (RFC 9111 §3.5). */
    public static Lookup decide(Request request, CacheRules rules) {
        if (!rules.enabled()) {
            return new Lookup(Verdict.FORWARD, "disabled");
        }
        // RFC 9110 §9.2.3: Weir caches what GET and HEAD get; §9.1: method names are case-sensitive
        if (!request.isGet() && !request.isHead()) {
            return new Lookup(Verdict.FORWARD, "method");
        }
        Headers headers = request.headers();
        if (isUpgrade(request)) {
            return new Lookup(Verdict.FORWARD, "upgrade");
        }
        // RFC 9110 §9.3.1: content of a GET has no defined meaning, so an origin may answer by it; it is no part of the
        // key
        if (headers.contains("Transfer-Encoding") || hasContent(headers)) {
            return new Lookup(Verdict.FORWARD, "content");
        }
        if (wantsEvents(headers)) {
            return new Lookup(Verdict.FORWARD, "event-stream");
        }
        return new Lookup(Verdict.CACHE, "method");
    }

    /** RFC 9110 §7.8: the answer may be another protocol. */
    public static boolean isUpgrade(Request request) {
        return request.headers().contains("Upgrade");
    }

    /** RFC 9111 §5.2.1.7: answer from the cache or with 504, but do not forward. */
    public static boolean isOnlyIfCached(Request request) {
        return CacheControl.of(request.headers()).has("only-if-cached");
    }

    /** RFC 9111 §5.2.1.5: nothing of this request or its response is to be kept. */
    public static boolean isNoStore(Request request) {
        return CacheControl.of(request.headers()).has("no-store");
    }

    /** Whether that type is named among those that are accepted (RFC 9110 §12.5.1); one that a range covers is not. */
    private static boolean wantsEvents(Headers headers) {
        String accept = headers.list("Accept");
        return accept != null
                && FieldLists.split(accept).stream()
                        .map(Lookup::withoutParameters)
                        .anyMatch(EVENT_STREAM::equalsIgnoreCase);
    }

    private static String withoutParameters(String range) {
        int semicolon = range.indexOf(';');
        return semicolon < 0 ? range : FieldLists.trim(range.substring(0, semicolon));
    }

    private static boolean hasContent(Headers headers) {
        String length = headers.list("Content-Length");
        return length != null && !length.equals("0");
    }
}
