package dev.weir.gateway.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a stored response. Identity is the truth; each coded form is made from it and has an entity tag of its
 * own (RFC 9110 §8.8.3.3).
 *
 * @param identity the bytes as the origin sent them; never written to after construction
 * @param coded further forms, none or a few
 */
@SuppressWarnings("ArrayRecordComponent") // shared read-only bytes: a copy per reader is what a cache exists to avoid
public record Body(byte[] identity, List<Coded> coded) {

    public static final Body EMPTY = new Body(new byte[0], List.of());

    public Body {
        coded = List.copyOf(coded);
    }

    public static Body of(byte[] identity) {
        return identity.length == 0 ? EMPTY : new Body(identity, List.of());
    }

    /**
     * One coded form.
     *
     * @param coding {@code gzip}, {@code br} or {@code zstd}
     * @param tagSuffix what its entity tag has beyond the identity's: names coding and encoding generation
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Coded(String coding, String tagSuffix, byte[] bytes) {}

    /** The form of that coding, or null where it has not been made. */
    public @Nullable Coded coded(String coding) {
        for (Coded form : coded) {
            if (form.coding().equals(coding)) {
                return form;
            }
        }
        return null;
    }

    /** All bytes held, in every form. */
    public long bytes() {
        long sum = identity.length;
        for (Coded form : coded) {
            sum += form.bytes().length;
        }
        return sum;
    }
}
