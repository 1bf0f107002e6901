package dev.weir.gateway.flow;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.policy.CacheStatus;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Errors of the gateway's own, as {@code application/problem+json} (RFC 9457). Never stored by anyone. */
final class Problem {

    private Problem() {}

    /**
     * For a request that the origin was to answer.
     *
     * @param status why it was to go there
     */
    static Reply failed(Target target, OriginFailure failure, CacheStatus status) {
        OriginFailure.Kind kind = failure.kind();
        Reply plain = reply(
                target.id(),
                kind.status(),
                title(kind.status()),
                "Origin " + failure.origin() + ": " + kind.text() + '.',
                Outcome.Verdict.FAILED);
        Reply reply = telling(plain, failure, status);
        if (kind == OriginFailure.Kind.UPLOAD_LATE) {
            return reply.with("Connection", "close"); // RFC 9110 §15.5.9: nobody waits for the rest of that request
        }
        return kind.isTemporaryShortage() ? reply.with("Retry-After", "2") : reply;
    }

    /** Past the route's bound on those who wait for one fetch. */
    static Reply crowded(Walk walk) {
        String detail = "As many requests wait for this page as may; the origin is being asked for it.";
        return reply(walk.target().id(), 503, title(503), detail, Outcome.Verdict.FAILED)
                .with("Retry-After", "2");
    }

    /** As many connections have left HTTP as may. */
    static Reply noTunnel(Target target) {
        String detail = "As many connections have been given to other protocols as may.";
        return reply(target.id(), 503, title(503), detail, Outcome.Verdict.FAILED)
                .with("Retry-After", "2");
    }

    /** RFC 9111 §5.2.2.2: what must be validated is not served when that can't be done. */
    static Reply notValidated(Walk walk, OriginFailure failure) {
        Reply plain = reply(
                walk.target().id(),
                504,
                "Not validated",
                "The stored response may not be used without asking origin " + failure.origin() + ": "
                        + failure.kind().text() + '.',
                Outcome.Verdict.FAILED);
        return telling(plain, failure, walk.status());
    }

    /** For those who waited for a response that turned out to be a failure, written for one of them. */
    static Reply shared(Walk walk, int status) {
        String origin = walk.target().origin().name();
        String detail = "Origin " + origin + ": it answered " + status + " to a request for the same.";
        Reply plain = reply(walk.target().id(), status, title(status), detail, Outcome.Verdict.FAILED);
        CacheStatus told =
                walk.status().withForwardStatus(status).withCollapsed().withDetail(Outcome.Verdict.FAILED.label());
        return telling(plain, told.value());
    }

    /** RFC 9211 §2.2: fwd where it was tried to send the request on; a breaker and a full pool don't try. */
    private static Reply telling(Reply plain, OriginFailure failure, CacheStatus status) {
        String kind = failure.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return telling(
                plain,
                failure.kind().isTemporaryShortage()
                        ? "weir; detail=" + kind
                        : status.withDetail(kind).value());
    }

    private static Reply telling(Reply plain, String cacheStatus) {
        return plain.withHead(plain.head().withHeaders(plain.head().headers().with("Cache-Status", cacheStatus)));
    }

    /** For what is no request, or none that is taken on. */
    static Reply refused(int status) {
        String expected = switch (status) {
            case 413 -> "no content that this method gives no meaning to";
            case 414 -> "a shorter request target";
            case 431 -> "fewer or shorter fields";
            case 501 -> "no transfer coding but chunked";
            default -> "a request line, fields, one Host, and a path of the characters of a URI without dot segments";
        };
        return reply("-", status, title(status), "Expected " + expected + '.', Outcome.Verdict.LOCAL);
    }

    private static String title(int status) {
        return switch (status) {
            case 413 -> "Content too large";
            case 414 -> "URI too long";
            case 431 -> "Request header fields too large";
            case 501 -> "Not implemented";
            case 500 -> "Internal server error";
            case 504 -> "Gateway timeout";
            case 503 -> "Service unavailable";
            case 400 -> "Bad request";
            case 408 -> "Request timeout";
            default -> "Bad gateway";
        };
    }

    static Reply reply(String route, int status, String title, String detail, Outcome.Verdict verdict) {
        String json = "{\"type\":\"about:blank\",\"title\":" + quoted(title) + ",\"status\":" + status + ",\"detail\":"
                + quoted(detail) + "}\n";
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        Headers fields = Headers.of(
                "Content-Type",
                "application/problem+json",
                "Content-Length",
                Integer.toString(body.length),
                "Cache-Control",
                "no-store",
                "Cache-Status",
                "weir; detail=" + verdict.label());
        return Reply.of(new ResponseHead(status, fields), body, new Outcome(route, verdict, status));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
