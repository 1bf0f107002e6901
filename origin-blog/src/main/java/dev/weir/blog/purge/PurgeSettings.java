package dev.weir.blog.purge;

import java.net.URI;
import java.util.List;

/**
 * Where purges go.
 *
 * @param addresses management addresses of gateways, tried in turn; none switches the emitter off
 * @param key the bearer key that they ask for; never printed
 */
public record PurgeSettings(List<URI> addresses, String key) {
    public PurgeSettings {
        addresses = List.copyOf(addresses);
        for (int i = 0; i < addresses.size(); i++) {
            requireAddress(addresses.get(i), i + 1);
        }
        if (!addresses.isEmpty() && key.isEmpty()) {
            throw new IllegalArgumentException(
                    "WEIR_PURGE_URLS is set but WEIR_ADMIN_KEY is not (expected: the gateway's key)");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "WEIR_ADMIN_KEY can't stand in a header (expected: printable ASCII without spaces)");
        }
    }

    public boolean isOff() {
        return addresses.isEmpty();
    }

    // The value is not repeated in the message: an address may hold what a log must not.
    private static void requireAddress(URI address, int position) {
        String scheme = address.getScheme();
        if (address.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("entry " + position
                    + " of WEIR_PURGE_URLS is no address (expected: comma-separated, such as http://127.0.0.1:9080)");
        }
    }

    @Override
    public String toString() {
        return "PurgeSettings[" + addresses.size() + " addresses]";
    }
}
