package dev.weir.gateway.route;

import dev.weir.gateway.route.OriginSpec.Connections;
import dev.weir.gateway.route.OriginSpec.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of {@code origins}. */
final class OriginReader {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String URLS = "a list of addresses such as [\"http://127.0.0.1:8081\"]";

    private OriginReader() {}

    /** The origin; empty where its addresses can't be read. Everything wrong is reported. */
    static Optional<OriginSpec> read(String name, Value value) {
        Section origin = value.section(value.key(), "a mapping such as { urls: [\"http://127.0.0.1:8081\"] }")
                .only("urls", "connect-timeout", "response-timeout", "total-timeout", "max-connections", "max-pending");
        Set<URI> urls = urls(origin);
        Timeouts timeouts = new Timeouts(
                timeout(origin, "connect-timeout", Timeouts.DEFAULT.connect()),
                timeout(origin, "response-timeout", Timeouts.DEFAULT.response()),
                timeout(origin, "total-timeout", Timeouts.DEFAULT.total()));
        Connections connections = new Connections(
                count(origin, "max-connections", 1, Connections.DEFAULT.max()),
                count(origin, "max-pending", 0, Connections.DEFAULT.maxPending()));
        if (timeouts.total().compareTo(timeouts.response()) < 0) {
            String at = origin.has("total-timeout") ? "total-timeout" : "response-timeout";
            origin.reportKey(
                    at,
                    "a total of " + Units.text(timeouts.total()) + " below response-timeout, "
                            + Units.text(timeouts.response()),
                    "total-timeout to be the longest");
        }
        return urls.isEmpty()
                ? Optional.empty()
                : Optional.of(new OriginSpec(name, urls.stream().toList(), timeouts, connections));
    }

    private static Set<URI> urls(Section origin) {
        Set<URI> urls = new LinkedHashSet<>();
        origin.require("urls", URLS).ifPresent(list -> {
            var items = list.items(URLS);
            if (items.isEmpty() && list.isList()) {
                list.report("an empty list", "at least one address");
            }
            for (Value item : items) {
                item.read(Addresses::origin, Addresses.ORIGIN).ifPresent(url -> {
                    if (!urls.add(url)) {
                        item.report("twice", "each address once");
                    }
                });
            }
        });
        return urls;
    }

    private static Duration timeout(Section origin, String key, Duration fallback) {
        return origin.get(key)
                .flatMap(value -> value.read(
                        text -> Units.duration(text).filter(d -> !d.isZero() && d.compareTo(LONGEST) <= 0),
                        "a duration such as 10s, from 1ms to 1h"))
                .orElse(fallback);
    }

    private static int count(Section origin, String key, int least, int fallback) {
        return origin.get(key)
                .flatMap(value -> value.read(
                        text -> Numbers.whole(text, least, 65_535), "a whole number from " + least + " to 65535"))
                .orElse(fallback);
    }
}
