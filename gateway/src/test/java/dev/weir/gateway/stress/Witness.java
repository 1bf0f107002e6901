package dev.weir.gateway.stress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client's request by hand, and what it says of the answer: null where all is well. An answer is well if it is whole
 * and says in each byte what was asked for and nothing older than what had been purged; or an error; or visibly cut.
 */
final class Witness {

    private static final Pattern WORD = Pattern.compile("page=(\\d+) language=(\\w+) version=(\\d+) answer=(\\d+);");

    private final int port;
    private final Random random;

    Witness(int port, Random random) {
        this.port = port;
        this.random = random;
    }

    /**
     * Asks.
     *
     * @param oldest the version that had been purged for when this was called
     */
    @Nullable String ask(int page, int oldest) throws IOException {
        String language = random.nextBoolean() ? "de" : "en";
        int manner = random.nextInt(100);
        boolean isHead = manner < 8;
        boolean isPart = manner >= 8 && manner < 16;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(50_000); // more than two waits for a fetch, the longest that a route allows here
            String request = (isHead ? "HEAD" : "GET") + " /page/" + page + " HTTP/1.1\r\nHost: site.example\r\n"
                    + "Connection: close\r\nAccept-Language: " + language + "\r\n"
                    + (isPart ? "Range: bytes=7-19\r\n" : "") + "\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            if (manner >= 85) {
                leave(socket);
                return null;
            }
            boolean isSlow = manner >= 75;
            String answer = read(socket.getInputStream(), isSlow);
            return verdict(answer, isHead, page, language, oldest);
        }
    }

    /** As browsers do when their user goes on: sometimes at once, sometimes in the middle. */
    private void leave(Socket socket) throws IOException {
        if (random.nextBoolean()) {
            socket.getInputStream().readNBytes(1 + random.nextInt(4000));
        }
        socket.setSoLinger(true, 0);
    }

    private static String read(InputStream in, boolean slowly) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[slowly ? 2000 : 16_000];
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            all.write(buffer, 0, got);
            if (slowly && all.size() < 40_000) {
                LockSupport.parkNanos(500_000);
            }
        }
        return all.toString(ISO_8859_1);
    }

    private static @Nullable String verdict(String answer, boolean isHead, int page, String language, int oldest) {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            return answer.isEmpty() ? "closed without an answer" : "no whole head: " + answer;
        }
        String head = answer.substring(0, end);
        int status = Integer.parseInt(answer.substring(9, 12));
        if (status >= 500 || isHead) {
            return null;
        }
        if (status != 200 && status != 206) {
            return "unexpected: " + head;
        }
        Received received = Received.of(head, answer.substring(end + 4));
        if (received.broken() != null) {
            return received.broken() + " in " + head;
        }
        String wanted = MoodyOrigin.isTranslated(page) ? language : "none";
        return status == 206 ? part(received, page) : whole(received, head, new Wanted(page, wanted, oldest));
    }

    private record Wanted(int page, String language, int oldest) {}

    /** The body with its framing taken off. */
    private record Received(
            String body, boolean isWhole, @Nullable String broken) {

        static Received of(String head, String rest) {
            String fields = head.toLowerCase(Locale.ROOT);
            if (fields.contains("transfer-encoding: chunked")) {
                return dechunked(rest);
            }
            Matcher length = Pattern.compile("content-length: (\\d+)").matcher(fields);
            if (!length.find()) {
                return new Received(rest, false, "neither length nor chunks");
            }
            int promised = Integer.parseInt(length.group(1));
            return new Received(
                    rest, rest.length() == promised, rest.length() > promised ? "more than was promised" : null);
        }

        private static Received dechunked(String rest) {
            StringBuilder body = new StringBuilder();
            int at = 0;
            while (true) {
                int line = rest.indexOf("\r\n", at);
                if (line < 0) {
                    return new Received(body.toString(), false, null); // cut, visibly
                }
                int size = Integer.parseInt(rest.substring(at, line).trim(), 16);
                if (size == 0) {
                    return new Received(body.toString(), true, null);
                }
                int to = Math.min(rest.length(), line + 2 + size);
                body.append(rest, line + 2, to);
                at = line + 2 + size + 2;
                if (at > rest.length()) {
                    return new Received(body.toString(), false, null);
                }
            }
        }
    }

    private static @Nullable String part(Received received, int page) {
        String start = "page=" + page + " language=en version=";
        boolean isRight = start.substring(7)
                .startsWith(
                        received.body().substring(0, Math.min(3, received.body().length())));
        return received.body().length() <= 13 && (isRight || page >= 10) ? null : "not the part: " + received.body();
    }

    private static @Nullable String whole(Received received, String head, Wanted wanted) {
        Matcher first = WORD.matcher(received.body());
        if (!first.lookingAt()) {
            return received.isWhole() ? "whole and empty: " + head : null;
        }
        String word = first.group();
        boolean isAsked = Integer.parseInt(first.group(1)) == wanted.page()
                && first.group(2).equals(wanted.language());
        if (!isAsked) {
            return "asked for " + wanted + ", got " + word;
        }
        if (Integer.parseInt(first.group(3)) < wanted.oldest()) {
            return "purged for " + wanted.oldest() + ", got " + word;
        }
        String body = received.body();
        for (int i = 0; i < body.length(); i++) {
            if (body.charAt(i) != word.charAt(i % word.length())) {
                return "mixed up at " + i + " of " + word + " in " + head;
            }
        }
        Matcher said = Pattern.compile("(?i)x-length: (\\d+)").matcher(head);
        boolean isSaid = said.find() && Integer.parseInt(said.group(1)) == body.length();
        return received.isWhole() && !isSaid ? "ends cleanly at " + body.length() + " in " + head : null;
    }
}
