package dev.weir.blog.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Immutable bytes with the strong validator made from them (RFC 9110 §8.8.3): equal bytes, equal tag, on any machine. */
public final class Body {
    /** 128 bits of the digest: short in a header, and no two pages will ever share it by accident. */
    private static final int TAG_BYTES = 16;

    private final byte[] bytes;
    private final String hash;

    private Body(byte[] bytes) {
        this.bytes = bytes;
        this.hash = hash(bytes);
    }

    static Body of(String text) {
        return new Body(text.getBytes(StandardCharsets.UTF_8));
    }

    static Body of(byte[] bytes) {
        return new Body(bytes.clone());
    }

    /** A read-only view; nothing is copied. */
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    public int length() {
        return bytes.length;
    }

    /** The entity tag with its quotes. */
    public String etag() {
        return '"' + hash + '"';
    }

    /** Safe in a file name and in a URL. */
    String hash() {
        return hash;
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
