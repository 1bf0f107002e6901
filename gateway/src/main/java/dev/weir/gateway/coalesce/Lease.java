package dev.weir.gateway.coalesce;

import reactor.core.publisher.Mono;

/**
 * One fetch for all replicas, as far as that can be had: whoever takes the lease of a name fetches, the others wait for
 * word of it. Best effort on purpose. A lease that is lost costs a second fetch, never a wrong answer: what may be stored
 * and served is decided elsewhere, by the order of purges.
 *
 * <p>Safe for use by many threads; nothing here blocks.
 */
public interface Lease {

    /**
     * Tries to take the lease.
     *
     * @param name of what is fetched; the same on all replicas
     * @return always one grant, soon; never fails
     */
    Mono<Grant> take(String name);

    /** Withdraws the word that what has this name can't be shared. Returns at once. */
    void clear(String name);

    /** No other replicas: nobody to wait for. */
    static Lease alone() {
        return new Lease() {
            @Override
            public Mono<Grant> take(String name) {
                return Mono.just(Grant.Unavailable.INSTANCE);
            }

            @Override
            public void clear(String name) {}
        };
    }

    /** What came of trying. */
    sealed interface Grant {

        /** This replica is to fetch, and to say so when it is over. */
        record Taken(Hold hold) implements Grant {}

        /**
         * Another replica fetches.
         *
         * @param over true when word has come that it is over, false when the lease may have lapsed; never fails
         */
        record Elsewhere(Mono<Boolean> over) implements Grant {}

        /** What has this name could not be shared lately: waiting for another's is of no use. */
        enum NotShareable implements Grant {
            INSTANCE
        }

        /** Nobody can say: fetch without a lease. */
        enum Unavailable implements Grant {
            INSTANCE
        }
    }

    /** A lease that this replica has. It is renewed until it is ended. */
    interface Hold {

        /** Ends it and tells those who wait; the first call counts. Returns at once. */
        void end(Ending ending);
    }

    /** How a fetch under a lease ended. */
    enum Ending {
        /** What it brought is where the others find it. */
        STORED,
        /** It brought what can't be shared; the next ones need not wait for each other. */
        NOT_SHAREABLE,
        /** It brought nothing that the others could find. */
        GIVEN_UP
    }
}
