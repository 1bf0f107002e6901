package dev.weir.blog;

import dev.weir.blog.page.Site;
import dev.weir.blog.purge.PurgeSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.env.PropertyResolver;

/**
 * All settings, read once at the start and refused with name and expectation where they make no sense.
 *
 * @param content folder of posts
 * @param drafts whether drafts are published
 */
record BlogSettings(Path content, boolean drafts, Site site, PurgeSettings purge) {
    static BlogSettings from(PropertyResolver environment) {
        requirePort(number(environment, "BLOG_PORT", "8081"));
        return new BlogSettings(
                content(text(environment, "BLOG_CONTENT", "")),
                flag(environment, "BLOG_ENABLE_DRAFTS"),
                new Site(
                        address("BLOG_PUBLIC_URL", text(environment, "BLOG_PUBLIC_URL", "http://localhost:8080")),
                        number(environment, "BLOG_PAGE_SIZE", "8")),
                new PurgeSettings(
                        addresses(text(environment, "WEIR_PURGE_URLS", "")), text(environment, "WEIR_ADMIN_KEY", "")));
    }

    // Bound by the server itself; looked at here because its own complaint would not name the setting.
    private static void requirePort(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("BLOG_PORT is no port (expected: 0 to 65535)");
        }
    }

    private static Path content(String setting) {
        if (!setting.isEmpty()) {
            return Path.of(setting);
        }
        Path fromRepository = Path.of("origin-blog", "content");
        return Files.isDirectory(fromRepository) ? fromRepository : Path.of("content");
    }

    private static List<URI> addresses(String setting) {
        return Stream.of(setting.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> address("WEIR_PURGE_URLS", entry))
                .toList();
    }

    // What was given is not repeated: an address may hold what a log must not.
    private static URI address(String name, String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " holds what is no address", e);
        }
    }

    private static boolean flag(PropertyResolver environment, String name) {
        return switch (text(environment, name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " is no flag (expected: true or false)");
        };
    }

    private static int number(PropertyResolver environment, String name, String otherwise) {
        try {
            return Integer.parseInt(text(environment, name, otherwise));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is no number", e);
        }
    }

    private static String text(PropertyResolver environment, String name, String otherwise) {
        String value = environment.getProperty(name, "").strip();
        return value.isEmpty() ? otherwise : value;
    }
}
