package dev.weir.gateway.origin;

/**
 * Why an origin gave no whole answer, and what follows from it: one row a kind. An expected failure, so it carries no
 * stack trace.
 */
public final class OriginFailure extends RuntimeException {

    /** The table. */
    public enum Kind {
        UNRESOLVED(502, "the origin's host name has no address"),
        REFUSED(502, "the origin refused the connection"),
        CONNECT_TIMEOUT(504, "the origin did not accept a connection in time"),
        RESPONSE_TIMEOUT(504, "the origin did not answer in time"),
        BROKEN(502, "the origin broke off its answer"),
        MALFORMED(502, "the origin's answer is not valid HTTP"),
        BREAKER_OPEN(503, "the origin has been failing and is given a rest"),
        SATURATED(503, "the origin has as many requests as it may have"),
        UPLOAD_BROKEN(400, "the client broke off its request"),
        UPLOAD_LATE(408, "the client took too long to send its request");

        private final int status;
        private final String text;

        Kind(int status, String text) {
            this.status = status;
            this.text = text;
        }

        /** The status for a client when nothing stored can stand in. */
        public int status() {
            return status;
        }

        public String text() {
            return text;
        }

        /**
         * Whether the breaker counts it: it says something of the origin's health, and not of its clients or of this
         * replica's own bounds. An answer that came and is no HTTP does not: the origin is there, and whoever has found
         * the request that makes it answer so must not take it from everybody else.
         */
        boolean isOriginsOwn() {
            return switch (this) {
                case MALFORMED, SATURATED, UPLOAD_BROKEN, UPLOAD_LATE -> false;
                default -> true;
            };
        }

        /** Whether it is the same for all requests: no single one can have provoked it. */
        public boolean isOfWholeOrigin() {
            return switch (this) {
                case UNRESOLVED, REFUSED, CONNECT_TIMEOUT -> true;
                default -> false;
            };
        }

        /** Whether the same request may fare better at once, on another connection or at another server. */
        boolean isWorthAnotherAttempt() {
            return switch (this) {
                case REFUSED, CONNECT_TIMEOUT, BROKEN -> true;
                default -> false;
            };
        }

        /** Whether the origin may be better off after a short wait: the answer then carries Retry-After. */
        public boolean isTemporaryShortage() {
            return status == 503;
        }
    }

    private final Kind kind;
    private final String origin;

    public OriginFailure(Kind kind, String origin, String detail) {
        super(origin + ": " + kind.text() + (detail.isEmpty() ? "" : " (" + detail + ')'), null, false, false);
        this.kind = kind;
        this.origin = origin;
    }

    public Kind kind() {
        return kind;
    }

    /** The origin's name in the routes. */
    public String origin() {
        return origin;
    }
}
