package dev.weir.gateway.edge;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/** Reads a request head off Reactor Netty's, strictly: what two readers could take for different things is refused. */
final class RequestHeads {

    private RequestHeads() {}

    /** The request; null for one that is to be answered 400 (RFC 9112 §3.2). */
    static @Nullable Request read(HttpServerRequest request, String scheme) {
        Headers.Builder fields = Headers.builder();
        String target = "";
        for (Map.Entry<String, String> field : request.requestHeaders()) {
            switch (field.getKey()) { // as RawTarget wrote them
                case RawTarget.TARGET -> target = field.getValue();
                case RawTarget.HOST -> fields.add("Host", field.getValue());
                default -> fields.add(field.getKey(), field.getValue());
            }
        }
        Headers headers = fields.build();
        if (headers.all("host").size() > 1) {
            return null;
        }
        String host = Objects.requireNonNullElse(headers.first("host"), "").trim();
        boolean needsHost = request.version().equals(HttpVersion.HTTP_1_1); // RFC 9112 §3.2
        return needsHost && host.isEmpty() ? null : read(request.method().name(), scheme, host, target, headers);
    }

    private static @Nullable Request read(String method, String scheme, String host, String asked, Headers headers) {
        String target = asked;
        String named = host;
        if (!target.startsWith("/")) {
            // RFC 9112 §3.2.2: absolute-form; its authority stands in for Host
            int start = target.indexOf("://");
            String form = start < 0 ? "" : target.substring(0, start).toLowerCase(Locale.ROOT);
            if (!form.equals("http") && !form.equals("https")) {
                return null;
            }
            int end = endOfAuthority(target, start + 3);
            named = target.substring(start + 3, end);
            target = target.startsWith("/", end) ? target.substring(end) : '/' + target.substring(end);
        }
        String authority = TargetSyntax.authority(named);
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? null : target.substring(question + 1);
        if (authority == null || !TargetSyntax.isPath(path) || (query != null && !TargetSyntax.isQuery(query))) {
            return null;
        }
        return new Request(method, scheme, authority, path, query, headers);
    }

    private static int endOfAuthority(String target, int from) {
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return end;
    }
}
