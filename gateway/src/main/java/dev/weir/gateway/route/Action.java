package dev.weir.gateway.route;

/** What a matched route does with a request. */
public sealed interface Action {

    /**
     * Sends it to an origin, through the cache.
     *
     * @param origin the name of an origin in the same table
     */
    record ToOrigin(String origin) implements Action {
        @Override
        public String toString() {
            return "origin " + origin;
        }
    }

    /**
     * Answers it with a redirection; no origin is asked.
     *
     * @param status 301, 302, 303, 307 or 308 (RFC 9110 §15.4)
     * @param location the value of the Location field: a path on this host, or an absolute http or https URL
     */
    record Redirect(int status, String location) implements Action {
        @Override
        public String toString() {
            return "redirect " + status + ' ' + location;
        }
    }
}
