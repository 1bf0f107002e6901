package dev.weir.gateway.flow;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Request fields by which frameworks let themselves be told another host, path, method or client. None of them is part of
 * the cache key, so an answer that obeys one would be stored for everybody: the common way into cache poisoning. Clients
 * may not send them; Weir writes its own.
 */
final class Unkeyed {

    private static final List<String> PREFIXES = List.of("x-forwarded-", "x-original-", "x-rewrite-", "x-envoy-");

    private static final Set<String> NAMES = Set.of(
            "client-ip",
            "forwarded",
            "true-client-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-forwarded",
            "x-host",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-real-ip");

    private Unkeyed() {}

    /** Whether it is one of them; an underscore counts as a hyphen, as it does for CGI and its heirs. */
    static boolean isField(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return NAMES.contains(plain) || PREFIXES.stream().anyMatch(plain::startsWith);
    }
}
