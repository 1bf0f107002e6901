package dev.weir.gateway.flow;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.origin.OriginFailure;
import java.nio.charset.StandardCharsets;

/** Errors of the gateway's own, as {@code application/problem+json} (RFC 9457). Never stored by anyone. */
final class Problem {

    private Problem() {}

    static Reply failed(Target target, OriginFailure failure) {
        OriginFailure.Kind kind = failure.kind();
        Reply reply = reply(
                target.id(),
                kind.status(),
                title(kind.status()),
                "Origin " + failure.origin() + ": " + kind.text() + '.',
                Outcome.Verdict.FAILED);
        if (kind == OriginFailure.Kind.UPLOAD_LATE) {
            return reply.with("Connection", "close"); // RFC 9110 §15.5.9: nobody waits for the rest of that request
        }
        return kind.isTemporaryShortage() ? reply.with("Retry-After", "2") : reply;
    }

    static Reply retryLater(String route, String detail) {
        return reply(route, 503, title(503), detail, Outcome.Verdict.FAILED).with("Retry-After", "2");
    }

    /** For those who waited for a response that turned out to be a failure, written for one of them. */
    static Reply shared(Target target, int status) {
        String detail = "Origin " + target.origin().name() + ": it answered " + status + " to a request for the same.";
        return reply(target.id(), status, title(status), detail, Outcome.Verdict.FAILED);
    }

    private static String title(int status) {
        return switch (status) {
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
