package dev.weir.ssr.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The key that a write has to bring; without one configured, no write is allowed. */
public final class AdminKey {
    private static final String SCHEME = "Bearer ";

    private final byte[] key;

    /**
     * Makes the check.
     *
     * @param key the key; empty means that nobody has it
     */
    public AdminKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether the Authorization field's value brings the key, in a time that tells nothing about the key. */
    boolean opens(@Nullable String authorization) {
        if (key.length == 0
                || authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] offered = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(key, offered);
    }
}
