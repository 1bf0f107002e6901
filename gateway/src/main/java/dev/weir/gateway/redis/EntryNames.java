package dev.weir.gateway.redis;

import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse.Variant;
import dev.weir.gateway.store.EntryCodec;
import dev.weir.gateway.store.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The tier's names in Redis: {@code weir:e:} and a SHA-256, in base64url, over the layout's version, the primary key
 * and, for a variant, its fields and values, each led by its length. The record under a name holds the key in full.
 */
final class EntryNames {

    private static final String PREFIX = "weir:e:";

    private EntryNames() {}

    static byte[] primary(CacheKey key) {
        return name(start(key));
    }

    static byte[] variant(CacheKey key, Variant variant) {
        return name(start(key).texts(variant.names()).texts(variant.values()));
    }

    private static RecordWriter start(CacheKey key) {
        return new RecordWriter(256).u8(EntryCodec.VERSION).key(key);
    }

    private static byte[] name(RecordWriter hashed) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(hashed.toBytes());
            return (PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
                    .getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
