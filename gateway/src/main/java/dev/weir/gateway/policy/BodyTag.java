package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes a strong entity tag (RFC 9110 §8.8.3) from a body while it comes, so that nobody has to go over all of it at its
 * end. For one body, on one thread at a time.
 */
public final class BodyTag {

    /** Opens the tags that Weir makes; never sent upstream, where nobody knows them. */
    static final String MARK = "\"w-sha256-";

    private static final int BYTES = 18;

    private final MessageDigest digest = sha256();

    /** Whether a response with these fields has no entity tag of its origin's. */
    public static boolean isNeeded(Headers response) {
        return EntityTags.of(response) == null;
    }

    /** Takes the next bytes in. */
    public void add(byte[] chunk) {
        digest.update(chunk);
    }

    /** The head with the tag of all bytes so far; to be asked for once. */
    public ResponseHead on(ResponseHead head) {
        return head.withHeaders(head.headers().with("ETag", value()));
    }

    String value() {
        byte[] start = Arrays.copyOf(digest.digest(), BYTES);
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("each Java platform has SHA-256", impossible);
        }
    }
}
