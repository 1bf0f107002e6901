package dev.weir.gateway.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.gateway.policy.StoredResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Names a fetch for all replicas: a SHA-256, in base64url, over key, variant and rules, each part led by its length. Two
 * fetches that share a name by chance would wait for each other and then fetch; nothing else.
 */
final class LeaseName {

    private LeaseName() {}

    static String of(FlightKey key) {
        MessageDigest digest = sha256();
        add(digest, key.key().url());
        add(digest, key.rulesHash());
        add(digest, Boolean.toString(key.credentialed()));
        variant(digest, key.variant());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    /** All of it but the coding, which is the same for all fetches: whether a replica has learned of it is no difference. */
    private static void variant(MessageDigest digest, StoredResponse.Variant variant) {
        for (int i = 0; i < variant.names().size(); i++) {
            if (!variant.names().get(i).equals("accept-encoding")) {
                add(digest, variant.names().get(i));
                add(digest, variant.values().get(i));
            }
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(UTF_8));
        digest.update((byte) ':');
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
