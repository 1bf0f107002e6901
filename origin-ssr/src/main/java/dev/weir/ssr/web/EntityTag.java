package dev.weir.ssr.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.springframework.http.ETag;

/** Strong validators, made from the bytes they stand for. */
final class EntityTag {
    private static final int LENGTH = 16;

    private EntityTag() {}

    /** Returns the strong tag of these bytes, with its quotes: 128 bits of their SHA-256. */
    static String of(byte[] bytes) {
        byte[] digest = Arrays.copyOf(sha256(bytes), LENGTH);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** RFC 9110 §13.1.2: If-None-Match holds the tag, by weak comparison, or is {@code *}. */
    static boolean matches(List<String> ifNoneMatch, String tag) {
        if (ifNoneMatch.isEmpty()) {
            return false;
        }
        String opaque = tag.substring(1, tag.length() - 1);
        return ETag.parse(String.join(", ", ifNoneMatch)).stream()
                .anyMatch(candidate -> candidate.isWildcard() || candidate.tag().equals(opaque));
    }
}
