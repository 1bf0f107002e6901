package dev.weir.gateway.purge;

import dev.weir.gateway.policy.Selector;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One order to forget. Idempotent by id: the same id recorded twice strikes once.
 *
 * @param id given by whoever asked for it, or made by the gateway; at most 200 characters
 * @param selectors at least one, at most {@value #MAX_SELECTORS}
 * @param cause free text for the audit list; may be empty
 */
public record Purge(String id, Mode mode, List<Selector> selectors, String cause) {

    public static final int MAX_SELECTORS = 10_000;

    public enum Mode {
        /** To be validated with the origin before the next use (RFC 9111 §4.4, RFC 9875). */
        VALIDATE,
        /** Unreachable at once, in every tier and for every stale rule. */
        HARD,
        /** Becomes stale; the stale rules apply. */
        SOFT
    }

    /** An id for a purge that nobody named; unlikely to come twice, which is all that is asked of it, and no secret. */
    public static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current(); // SecureRandom would block an event loop
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    public Purge {
        selectors = List.copyOf(selectors);
        if (selectors.isEmpty() || selectors.size() > MAX_SELECTORS) {
            throw new IllegalArgumentException(
                    "selectors: " + selectors.size() + " (expected: 1 to " + MAX_SELECTORS + ")");
        }
    }
}
