package dev.weir.gateway.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The key that admin writes must show, as {@code Authorization: Bearer KEY}. Without one configured every write is
 * refused.
 */
public final class AdminKey {

    private static final String SCHEME = "Bearer ";

    private final byte[] key;

    /** With that key; empty for none. */
    public AdminKey(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    public boolean isConfigured() {
        return key.length > 0;
    }

    /** Whether that Authorization field shows the key; takes the same time wherever a wrong one differs. */
    boolean admits(@Nullable String authorization) {
        if (!isConfigured()
                || authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] shown = authorization.substring(SCHEME.length()).trim().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(key, shown);
    }
}
