package dev.weir.gateway.admin;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.purge.Purge;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of a purge, strictly: every mistake is named by its field. */
final class PurgeRequest {

    private static final Set<String> KNOWN = Set.of("id", "mode", "urls", "tags", "prefixes", "hosts", "all", "reason");
    private static final int MAX_TEXT = 8192;
    private static final int MAX_ID = 200;

    /** What is wrong, in words for whoever sent it. */
    static final class InvalidException extends RuntimeException {

        private final String problem;

        InvalidException(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }

    private final JsonNode json;

    private final Function<Request, CacheKey> keys;

    private PurgeRequest(JsonNode json, Function<Request, CacheKey> keys) {
        this.json = json;
        this.keys = keys;
    }

    /**
     * Reads a purge.
     *
     * @param keys under which key the response to a request is kept, by the routes on duty
     * @throws InvalidException naming the field
     */
    static Purge read(JsonMapper mapper, byte[] body, Function<Request, CacheKey> keys) {
        JsonNode json;
        try {
            json = mapper.readTree(body);
        } catch (JacksonException notJson) {
            throw new InvalidException("The body is not JSON: " + notJson.getOriginalMessage());
        }
        if (json == null || !json.isObject()) {
            throw new InvalidException("The body: expected a JSON object");
        }
        return new PurgeRequest(json, keys).purge();
    }

    private Purge purge() {
        for (String name : json.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw new InvalidException(name + ": unknown (expected: one of "
                        + KNOWN.stream().sorted().toList() + ")");
            }
        }
        List<Selector> selectors = new ArrayList<>();
        collect("urls", this::url, selectors);
        collect("tags", tag -> new Selector(Selector.Kind.TAG, tag), selectors);
        collect("prefixes", PurgeRequest::prefix, selectors);
        collect("hosts", PurgeRequest::host, selectors);
        if (flag("all")) {
            selectors.add(Selector.ALL);
        }
        if (selectors.isEmpty()) {
            throw new InvalidException("At least one of urls, tags, prefixes, hosts, all is needed");
        }
        if (selectors.size() > Purge.MAX_SELECTORS) {
            throw new InvalidException(selectors.size() + " selectors (expected: at most " + Purge.MAX_SELECTORS + ")");
        }
        String id = text("id", MAX_ID);
        if (id != null && id.chars().anyMatch(c -> c < 0x20 || (c >= 0x7F && c < 0xA0))) {
            throw new InvalidException("id: expected no control characters");
        }
        String reason = text("reason", MAX_TEXT);
        return new Purge(id == null ? Purge.newId() : id, mode(), selectors, reason == null ? "" : reason);
    }

    private void collect(String field, Function<String, Selector> reader, List<Selector> into) {
        JsonNode values = json.get(field);
        if (values == null || values.isNull()) {
            return;
        }
        if (!values.isArray()) {
            throw new InvalidException(field + ": expected a list of strings");
        }
        int index = 0;
        for (JsonNode value : values) {
            String where = field + '[' + index++ + ']';
            if (!value.isString()
                    || value.stringValue().isBlank()
                    || value.stringValue().length() > MAX_TEXT) {
                throw new InvalidException(where + ": expected a string of 1 to " + MAX_TEXT + " characters");
            }
            try {
                into.add(reader.apply(value.stringValue().trim()));
            } catch (IllegalArgumentException wrong) {
                throw new InvalidException(
                        where + ": \"" + value.stringValue() + "\" (expected: " + wrong.getMessage() + ")");
            }
        }
    }

    /** A whole URL, or a path for every host. */
    private Selector url(String text) {
        if (text.startsWith("/")) {
            return new Selector(Selector.Kind.PATH, key("http://any" + text).path());
        }
        return new Selector(Selector.Kind.URL, keys.apply(target(text)).url());
    }

    /** As requests name it: in ASCII, without a port or a dot at its end. */
    private static Selector host(String text) {
        CacheKey key = text.matches("[^/?#@\\s]+") ? key("http://" + text) : null;
        if (key == null || !key.path().equals("/")) {
            throw new IllegalArgumentException("a host name such as example.org, non-ASCII names as xn--…");
        }
        return new Selector(Selector.Kind.HOST, key.host().replaceFirst(":[0-9]*$", ""));
    }

    /** {@code /path/} for every host, or {@code host/path/}. */
    private static Selector prefix(String text) {
        if (!text.endsWith("/") || text.contains("://")) {
            throw new IllegalArgumentException("a prefix such as /blog/ or example.org/blog/, ending in /");
        }
        if (text.startsWith("/")) {
            return new Selector(Selector.Kind.PREFIX, key("http://any" + text).path());
        }
        CacheKey key = key("http://" + text);
        return new Selector(Selector.Kind.PREFIX, key.host() + key.path());
    }

    private static CacheKey key(String url) {
        return CacheKey.of(target(url));
    }

    private static Request target(String url) {
        URI uri;
        try {
            uri = URI.create(URI.create(url).toASCIIString()); // as it stands in a request's target
        } catch (IllegalArgumentException malformed) {
            Request other = withOddQuery(url);
            if (other != null) {
                return other;
            }
            throw new IllegalArgumentException("an absolute http or https URL, or a path starting with /", malformed);
        }
        String scheme = uri.getScheme();
        if (scheme == null
                || uri.getRawAuthority() == null
                || !Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("an absolute http or https URL, or a path starting with /");
        }
        if (uri.getRawAuthority().indexOf('%') >= 0) {
            throw new IllegalArgumentException("a host name in ASCII, non-ASCII names as xn--…");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Request("GET", scheme, uri.getRawAuthority(), path, uri.getRawQuery(), Headers.empty());
    }

    /** The target of a URL whose query is none that a URI can have, but one that requests do come with; null for others. */
    private static @Nullable Request withOddQuery(String url) {
        int question = url.indexOf('?');
        if (question < 0 || !url.substring(question).chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#')) {
            return null;
        }
        Request plain = target(url.substring(0, question));
        String query = url.substring(question + 1);
        return new Request("GET", plain.scheme(), plain.authority(), plain.path(), query, Headers.empty());
    }

    private Purge.Mode mode() {
        String mode = text("mode", MAX_TEXT);
        return switch (mode == null ? "validate" : mode) {
            case "validate" -> Purge.Mode.VALIDATE;
            case "hard" -> Purge.Mode.HARD;
            case "soft" -> Purge.Mode.SOFT;
            default -> throw new InvalidException("mode: \"" + mode + "\" (expected: validate, hard or soft)");
        };
    }

    private boolean flag(String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new InvalidException(field + ": expected true or false");
        }
        return value.booleanValue();
    }

    private @Nullable String text(String field, int longest) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()
                || value.stringValue().length() > longest
                || value.stringValue().isBlank()) {
            throw new InvalidException(field + ": expected a string of 1 to " + longest + " characters");
        }
        return value.stringValue();
    }
}
