package dev.weir.gateway.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.gateway.http.ByteRanges.Slice;
import dev.weir.gateway.http.ContentRange;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.policy.Validation;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** Answers that are less than the representation: parts of it (RFC 9110 §14), or word that the client needs none. */
final class Partial {

    private Partial() {}

    /** 206 from bytes at hand, in one part or several. */
    static Reply of(ResponseHead whole, byte[] bytes, List<Slice> slices, Outcome outcome) {
        return slices.size() == 1
                ? single(whole, bytes, slices.get(0), outcome)
                : multipart(whole, bytes, slices, outcome);
    }

    /** The head of a 206 with one part. */
    static ResponseHead head(ResponseHead whole, Slice slice, long length) {
        Headers fields = whole.headers()
                .with("Content-Range", new ContentRange(slice, length).value())
                .with("Content-Length", Long.toString(slice.length()));
        return new ResponseHead(206, fields);
    }

    private static Reply single(ResponseHead whole, byte[] bytes, Slice slice, Outcome outcome) {
        return Reply.of(head(whole, slice, bytes.length), cut(bytes, slice), outcome);
    }

    /** RFC 9110 §14.6: each part with its own Content-Type and Content-Range, none of them in the head. */
    private static Reply multipart(ResponseHead whole, byte[] bytes, List<Slice> slices, Outcome outcome) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String boundary = "weir-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        String type = whole.headers().first("Content-Type");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Slice slice : slices) {
            StringBuilder head = new StringBuilder("\r\n--").append(boundary).append("\r\n");
            if (type != null) {
                head.append("Content-Type: ").append(type).append("\r\n");
            }
            head.append("Content-Range: ")
                    .append(new ContentRange(slice, bytes.length).value())
                    .append("\r\n\r\n");
            body.writeBytes(head.toString().getBytes(US_ASCII));
            body.write(bytes, Math.toIntExact(slice.first()), Math.toIntExact(slice.length()));
        }
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII));
        Headers fields = whole.headers()
                .with("Content-Type", "multipart/byteranges; boundary=" + boundary)
                .with("Content-Length", Integer.toString(body.size()));
        return Reply.of(new ResponseHead(206, fields), body.toByteArray(), outcome);
    }

    private static byte[] cut(byte[] bytes, Slice slice) {
        return Arrays.copyOfRange(bytes, Math.toIntExact(slice.first()), Math.toIntExact(slice.last() + 1));
    }

    /** RFC 9110 §15.5.17: with the length, so that the client can ask better. */
    static ResponseHead unsatisfiable(ResponseHead whole, long length) {
        ResponseHead head = bare(416, whole);
        return head.withHeaders(head.headers().with("Content-Range", ContentRange.unsatisfied(length)));
    }

    /** RFC 9110 §15.4.5: what a 304 carries; the tag is the one by which the client knows the representation. */
    static ResponseHead notModified(Request client, ResponseHead whole) {
        return new ResponseHead(304, Validation.notModified(client, whole.headers()));
    }

    static ResponseHead preconditionFailed(ResponseHead whole) {
        return bare(412, whole);
    }

    private static ResponseHead bare(int status, ResponseHead whole) {
        String cacheStatus = Objects.requireNonNullElse(whole.headers().first("cache-status"), "weir");
        return new ResponseHead(status, Headers.of("Cache-Status", cacheStatus, "Content-Length", "0"));
    }
}
