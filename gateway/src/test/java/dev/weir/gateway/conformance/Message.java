package dev.weir.gateway.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.gateway.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 message as it came over a socket (RFC 9112), read without anybody's kindness.
 *
 * @param start the start line
 * @param truncated whether the connection ended before the body did
 */
record Message(String start, Headers fields, String body, boolean truncated) {

    /** The head of the next message, its body yet unread; null where the connection ends instead. */
    static @Nullable Message head(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        Headers.Builder fields = Headers.builder();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no field: " + line);
            }
            fields.add(line.substring(0, colon), line.substring(colon + 1).trim());
        }
        return new Message(start, fields.build(), "", false);
    }

    /** This head with its body. */
    Message withBody(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String length = fields.first("Content-Length");
        boolean whole;
        if (fields.contains("Transfer-Encoding")) {
            whole = chunks(in, body);
        } else if (length != null) {
            whole = take(in, Integer.parseInt(length), body);
        } else if (isRequest()) {
            whole = true;
        } else {
            whole = !take(in, Integer.MAX_VALUE, body); // RFC 9112 §6.3: the end of the connection ends it
        }
        return new Message(start, fields, body.toString(ISO_8859_1), !whole);
    }

    boolean isRequest() {
        return start.endsWith("HTTP/1.1");
    }

    /** The word at that place of the start line, from 0. */
    String word(int index) {
        return start.split(" ", 3)[index];
    }

    int status() {
        return Integer.parseInt(word(1));
    }

    private static boolean chunks(InputStream in, ByteArrayOutputStream body) throws IOException {
        for (String size = line(in); size != null; size = line(in)) {
            int length = Integer.parseInt(size.split(";", 2)[0].trim(), 16);
            if (length == 0) {
                while (size != null && !size.isEmpty()) {
                    size = line(in); // the trailer section
                }
                return size != null;
            }
            if (!take(in, length, body) || line(in) == null) {
                return false;
            }
        }
        return false;
    }

    private static boolean take(InputStream in, int length, ByteArrayOutputStream body) throws IOException {
        for (int i = 0; i < length; i++) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            body.write(next);
        }
        return true;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
