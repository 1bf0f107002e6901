package dev.weir.gateway.flow;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.EntityTags;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.route.Route;
import java.util.Locale;
import java.util.Set;

/** Makes the request that goes to the origin from the one that came in. */
final class Upstream {

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

    /** Conditions on more than a part (RFC 9110 §13.1). */
    private static final Set<String> CONDITIONS =
            Set.of("if-match", "if-none-match", "if-modified-since", "if-unmodified-since");

    private Upstream() {}

    /** Conditions that name entity tags. */
    private static final Set<String> TAGGED = Set.of("if-match", "if-none-match", "if-range");

    /**
     * For the cache: a full GET, whoever asks and however. Its identity is what gets stored, so host, path and query are
     * the key's: two spellings that share a key must be one question to the origin, or one of them could answer for the
     * other.
     */
    static Request whole(Inbound in, Route route, CacheKey key) {
        Request request = in.request();
        Request keyed = new Request("GET", key.scheme(), key.host(), key.path(), key.query(), request.headers());
        Request plain = forwarded(in.withRequest(keyed), route);
        return plain.withHeaders(plain.headers().without(PARTIAL).with("Accept-Encoding", "identity"));
    }

    /** Whether that is about a part and nothing else: no condition but If-Range. */
    static boolean isPlainPart(Request client) {
        return client.isGet()
                && client.headers().contains("range")
                && CONDITIONS.stream().noneMatch(client.headers()::contains);
    }

    /** For the cache, where the whole is more than it keeps: the same GET, of the part that the client asks for. */
    static Request part(Walk walk) {
        Headers.Builder fields = walk.upstream().headers().toBuilder();
        ownTags(walk.client().headers()).forEach((name, value) -> {
            if (name.equalsIgnoreCase("range") || name.equalsIgnoreCase("if-range")) {
                fields.add(name, value);
            }
        });
        return walk.upstream().withHeaders(fields.build());
    }

    /** For the origin alone: method, target and end-to-end fields as they came. */
    static Request forwarded(Inbound in, Route route) {
        Request request = in.request();
        String via = request.headers().list("via");
        Headers fields = ownTags(Storage.endToEnd(request.headers()))
                .filter(name -> !Unkeyed.isField(name))
                .without("expect") // RFC 9110 §10.1.1: met by this server already
                .with("X-Forwarded-For", in.client())
                .with("X-Forwarded-Proto", request.scheme())
                .with("X-Forwarded-Host", request.authority())
                .with("Via", via == null ? "1.1 weir" : via + ", 1.1 weir");
        return request.withPath(route.rewrite().apply(request.path())).withHeaders(fields);
    }

    /** Like {@link #forwarded}, asking for the other protocol that the client asks for (RFC 9110 §7.8). */
    static Request upgrade(Inbound in, Route route) {
        Request plain = forwarded(in, route);
        String protocol = in.request().headers().only("Upgrade");
        return plain.withHeaders(
                plain.headers().with("Connection", "Upgrade").with("Upgrade", protocol == null ? "" : protocol));
    }

    /** The origin knows its own tags, not those of the codings made here. */
    private static Headers ownTags(Headers fields) {
        Headers.Builder own = Headers.builder();
        fields.forEach((name, value) -> own.add(
                name,
                TAGGED.contains(name.toLowerCase(Locale.ROOT)) && value.indexOf('"') >= 0
                        ? EntityTags.withoutCodings(value)
                        : value));
        return own.build();
    }

    /** Whether that request may carry content. */
    static boolean hasContent(Request request) {
        String length = request.headers().first("content-length");
        return request.headers().contains("transfer-encoding") || (length != null && !length.equals("0"));
    }
}
