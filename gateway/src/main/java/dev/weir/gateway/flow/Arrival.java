package dev.weir.gateway.flow;

import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import java.util.List;
import java.util.Set;

/** The head of a flight: what arrived, and who may have it. */
sealed interface Arrival {

    /**
     * A response that all may have whose request it fits; its body follows in the flight and gets stored.
     *
     * @param head as all may have it
     * @param own as the one whose request it answers gets it: with its cookies
     * @param variant for which requests it is
     * @param selectors what a purge could name it by
     * @param answered the origin's own status: 206 where it brought only what a stored part lacked
     */
    record Shared(
            ResponseHead head, ResponseHead own, StoredResponse.Variant variant, Set<Selector> selectors, int answered)
            implements Arrival {}

    /**
     * A response for the one who asked; the others go and fetch for themselves.
     *
     * @param varyNames what it varies by, so that others can ask under the right variant
     * @param stored whether it gets stored for later requests all the same
     */
    record Unshared(ResponseHead head, String reason, List<String> varyNames, boolean stored) implements Arrival {}

    /** A stored response: found in memory or in the shared tier, or just confirmed by the origin. */
    record Ready(StoredResponse stored, Source source) implements Arrival {}

    /** How a stored response came to be at hand. */
    enum Source {
        MEMORY,
        SHARED_TIER,
        ORIGIN_CONFIRMED,
        /** By a 304 that says that the response is from now on private, or not to be stored: for the one who asked. */
        ORIGIN_CONFIRMED_FOR_ONE
    }
}
