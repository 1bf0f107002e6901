package dev.weir.blog.web;

import org.springframework.web.server.ServerWebExchange;

/** Which requests are the actuator's, and not for the blog. */
final class Actuator {
    private static final String BASE = "/actuator";

    private Actuator() {}

    static boolean owns(ServerWebExchange exchange) {
        String path = exchange.getRequest().getURI().getRawPath();
        return path.equals(BASE) || path.startsWith(BASE + "/");
    }
}
