package dev.weir.loadtest.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** The representation that a response carried, its content coding undone. */
public final class Body {
    private static final int MAX_BYTES = 64 << 20;

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Undoes the coding.
     *
     * @throws IOException if the coding is not one that we asked for, the bytes are damaged, or more than 64 MiB
     */
    public static Body decode(String coding, byte[] transferred) throws IOException {
        return switch (coding) {
            case "", "identity" -> new Body(transferred.clone());
            case "gzip" -> {
                try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(transferred))) {
                    byte[] bytes = unzipped.readNBytes(MAX_BYTES + 1);
                    if (bytes.length > MAX_BYTES) {
                        throw new IOException("body of more than " + MAX_BYTES + " bytes");
                    }
                    yield new Body(bytes);
                }
            }
            default -> throw new IOException("content coding " + coding + " (expected: gzip or none)");
        };
    }

    public static Body empty() {
        return new Body(new byte[0]);
    }

    public int size() {
        return bytes.length;
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Names these bytes: two bodies are the same if their digests are. */
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }
}
