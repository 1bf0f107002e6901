package dev.weir.gateway.flow;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.route.Route;
import java.util.Set;

/** Makes the request that goes to the origin from the one that came in. */
final class Upstream {

    /** Fields that could change the origin's answer without being part of the key: the ways into cache poisoning. */
    private static final Set<String> UNKEYED = Set.of(
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-scheme",
            "x-forwarded-server",
            "x-forwarded-ssl",
            "x-host",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-original-host",
            "x-original-url",
            "x-real-ip",
            "x-rewrite-url");

    /** What asks for less than the whole, unconditional representation (RFC 9110 §13.1, §14.2). */
    private static final Set<String> PARTIAL = Set.of(
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range",
            "range",
            "content-length",
            "content-type",
            "expect");

    private Upstream() {}

    /** For the cache: a full GET, whoever asks and however. Its identity is what gets stored. */
    static Request whole(Inbound in, Route route) {
        Request plain = forwarded(in, route);
        Headers fields = plain.headers().without(PARTIAL).with("Accept-Encoding", "identity");
        return plain.withMethod("GET").withHeaders(fields);
    }

    /** For the origin alone: method, target and end-to-end fields as they came. */
    static Request forwarded(Inbound in, Route route) {
        Request request = in.request();
        String via = request.headers().list("via");
        Headers fields = Storage.endToEnd(request.headers())
                .without(UNKEYED)
                .without("expect") // RFC 9110 §10.1.1: met by this server already
                .with("X-Forwarded-For", in.client())
                .with("X-Forwarded-Proto", request.scheme())
                .with("X-Forwarded-Host", request.authority())
                .with("Via", via == null ? "1.1 weir" : via + ", 1.1 weir");
        return request.withPath(route.rewrite().apply(request.path())).withHeaders(fields);
    }

    /** Whether that request may carry content. */
    static boolean hasContent(Request request) {
        String length = request.headers().first("content-length");
        return request.headers().contains("transfer-encoding") || (length != null && !length.equals("0"));
    }

    /** The key of a request; the same for GET and HEAD. */
    static CacheKey key(Request request) {
        return CacheKey.of(request);
    }
}
