package dev.weir.loadtest.run;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what an HTML page points to, as far as it stays on the same server: {@code href} and {@code src} attributes.
 * Good enough to walk a site whose pages are well formed; no HTML parser.
 */
final class Links {
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s(?:href|src)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE);

    private Links() {}

    /** Paths with their queries, without fragments, in the order of the page. */
    static Set<String> in(URI page, String html) {
        Set<String> links = new LinkedHashSet<>();
        Matcher attributes = ATTRIBUTE.matcher(html);
        while (attributes.find()) {
            String value = attributes.group(1) != null ? attributes.group(1) : attributes.group(2);
            onSameServer(page, unescaped(value)).ifPresent(links::add);
        }
        return links;
    }

    static Optional<String> onSameServer(URI page, String reference) {
        try {
            URI target = page.resolve(reference.strip());
            boolean stays = page.getScheme().equals(target.getScheme())
                    && page.getRawAuthority().equals(target.getRawAuthority());
            if (!stays || target.getRawPath() == null) {
                return Optional.empty();
            }
            String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
            return Optional.of(target.getRawQuery() == null ? path : path + "?" + target.getRawQuery());
        } catch (IllegalArgumentException notAUri) {
            return Optional.empty();
        }
    }

    private static String unescaped(String attribute) {
        return attribute.replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }
}
