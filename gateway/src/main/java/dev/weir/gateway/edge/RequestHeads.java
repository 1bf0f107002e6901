package dev.weir.gateway.edge;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** Reads a request head off Reactor Netty's, strictly: what two readers could take for different things is refused. */
final class RequestHeads {

    private static final Pattern SLASH = Pattern.compile("/");

    private RequestHeads() {}

    /** The request; null for one that is to be answered 400 (RFC 9112 §3.2). */
    static @Nullable Request read(HttpServerRequest request, String scheme) {
        Headers.Builder fields = Headers.builder();
        for (Map.Entry<String, String> field : request.requestHeaders()) {
            fields.add(field.getKey(), field.getValue());
        }
        Headers headers = fields.build();
        if (headers.all("host").size() > 1) {
            return null;
        }
        String host = headers.first("host");
        return target(request, scheme, host == null ? "" : host.trim(), headers);
    }

    private static @Nullable Request target(HttpServerRequest request, String scheme, String host, Headers headers) {
        String target = request.uri();
        boolean needsHost = request.version().equals(HttpVersion.HTTP_1_1); // RFC 9112 §3.2
        if (needsHost && host.isEmpty()) {
            return null;
        }
        String method = request.method().name();
        String authority = host;
        if (!target.startsWith("/")) {
            // RFC 9112 §3.2.2: absolute-form; its authority stands in for Host
            int start = target.indexOf("://");
            String named = start < 0 ? "" : target.substring(0, start).toLowerCase(Locale.ROOT);
            if (!named.equals("http") && !named.equals("https")) {
                return null;
            }
            int slash = target.indexOf('/', start + 3);
            authority = slash < 0 ? target.substring(start + 3) : target.substring(start + 3, slash);
            target = slash < 0 ? "/" : target.substring(slash);
        }
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (!isAuthority(authority) || !isTarget(target) || hasDotSegment(path)) {
            return null;
        }
        String query = question < 0 ? null : target.substring(question + 1);
        return new Request(method, scheme, authority, path, query, headers);
    }

    /** Host and optional port (RFC 3986 §3.2), nothing that could pass for another part of a URL. */
    private static boolean isAuthority(String authority) {
        if (authority.isEmpty() || authority.length() > 261) {
            return false;
        }
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~:[]%!$&'()*+,;=".indexOf(c) >= 0;
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a path goes up or nowhere, in any spelling (RFC 3986 §5.2.4). Clients resolve these before they ask; a path
     * that still has them means one thing to the routes and may mean another to the origin.
     */
    private static boolean hasDotSegment(String path) {
        for (String segment : SLASH.split(path, -1)) {
            String plain =
                    segment.length() > 6 ? segment : segment.replace("%2e", ".").replace("%2E", ".");
            if (plain.equals(".") || plain.equals("..")) {
                return true;
            }
        }
        return false;
    }

    /** Visible ASCII without a fragment (RFC 9112 §3.2). */
    private static boolean isTarget(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }
}
