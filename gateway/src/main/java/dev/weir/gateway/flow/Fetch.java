package dev.weir.gateway.flow;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.util.function.Consumer;

/**
 * What a flight is to fetch, and for what.
 *
 * @param upstream the full, unconditional request
 * @param interim takes interim answers for the one whose request started it; the others get none, since it may be meant for
 *     that one alone, and nothing in it says whether
 * @param tenure its claim to be the only one of all replicas
 */
record Fetch(Target target, Request upstream, Purpose purpose, Consumer<ResponseHead> interim, Tenure tenure) {

    /** Why it is made. */
    enum Purpose {
        /** Clients wait for it. */
        ANSWER,
        /** One client waits for it, since its answer could not be shared lately, or the route wants it so. */
        ALONE,
        /** Nobody waits: a stored response is brought up to date behind the clients' backs (RFC 5861 §3). */
        REFRESH
    }

    static Fetch of(Walk walk, Purpose purpose) {
        Consumer<ResponseHead> interim = purpose == Purpose.REFRESH ? head -> {} : walk.in()::tellInterim;
        return new Fetch(walk.target(), walk.upstream(), purpose, interim, new Tenure());
    }

    /** Whether the other replicas' fetches are of any account to it. */
    boolean isLeased() {
        return purpose != Purpose.ALONE && target.route().coalescing().enabled();
    }

    /** Whether it goes on though nobody waits for it. */
    boolean isUnattended() {
        return purpose == Purpose.REFRESH;
    }
}
