package dev.weir.gateway.policy;

import java.util.Locale;
import java.util.regex.Pattern;

/** A second, plain reading of RFC 3986 §6.2.2 to check the key's against: what must be told apart is written apart. */
final class CacheKeyOctets {

    private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

    private CacheKeyOctets() {}

    static String of(String path) {
        return ENCODED.matcher(path).replaceAll(match -> {
            String upper = match.group().toUpperCase(Locale.ROOT);
            String octet = String.valueOf((char) Integer.parseInt(upper.substring(1), 16));
            return octet.matches("[A-Za-z0-9_~-]") ? octet : "<" + upper.substring(1) + ">";
        });
    }
}
