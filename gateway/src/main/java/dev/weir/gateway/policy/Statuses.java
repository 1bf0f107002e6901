package dev.weir.gateway.policy;

/** What Weir knows of status codes (RFC 9110 §15). */
final class Statuses {

    private Statuses() {}

    /** RFC 9110 §15.1 and RFC 7725 §3: these may live by a heuristic; 206 is judged as a part. */
    static boolean isHeuristicallyCacheable(int status) {
        return switch (status) {
            case 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501 -> true;
            default -> false;
        };
    }

    /** RFC 6585 §3 to §6: they speak of one client, or of the network it is in; no cache may store them. */
    static boolean isOfOneClient(int status) {
        return switch (status) {
            case 428, 429, 431, 511 -> true;
            default -> false;
        };
    }

    /** RFC 9111 §5.2.2.3: understood in full, with what they demand of caches. */
    static boolean isUnderstood(int status) {
        return switch (status) {
            case 305, 306 -> false;
            case 421, 422, 426, 451 -> true;
            default ->
                isBetween(200, status, 206)
                        || isBetween(300, status, 308)
                        || isBetween(400, status, 417)
                        || isBetween(500, status, 505);
        };
    }

    private static boolean isBetween(int first, int status, int last) {
        return first <= status && status <= last;
    }
}
