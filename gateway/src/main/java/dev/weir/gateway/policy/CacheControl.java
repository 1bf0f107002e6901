package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.StructuredFields;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cache directives, each with its argument (RFC 9111 §5.2): names in lower case; the empty string where there is no
 * argument. Unknown directives are kept and ignored (§5.2.3).
 */
record CacheControl(Map<String, String> directives) {

    static final CacheControl NONE = new CacheControl(Map.of());

    /** §1.2.2: what overflows counts as 2^31 seconds. */
    static final long MAX_SECONDS = 1L << 31;

    /** An argument that no rule can read; what two conflicting arguments become. */
    private static final String UNREADABLE = "?";

    /** The directives of Cache-Control in these fields. */
    static CacheControl of(Headers headers) {
        String value = headers.list("Cache-Control");
        return value == null ? NONE : parse(value);
    }

    /** The directives that rule a response: a valid targeted field's, or else Cache-Control's. */
    static CacheControl ruling(Headers headers, CacheRules rules) {
        CacheControl targeted = targeted(headers, rules.targets());
        return targeted != null ? targeted : of(headers);
    }

    /** Reads the lenient grammar of §5.2: arguments are tokens or quoted strings, both mean the same. */
    static CacheControl parse(String value) {
        Map<String, String> directives = new HashMap<>();
        for (String member : FieldLists.split(value)) {
            int equals = member.indexOf('=');
            String name = (equals < 0 ? member : member.substring(0, equals)).toLowerCase(Locale.ROOT);
            String argument = equals < 0 ? "" : argument(unquoted(member.substring(equals + 1)));
            // §4.2.1: of conflicting values the first counts or the response is stale; a careful cache takes the latter
            directives.merge(name, argument, (one, other) -> one.equals(other) ? one : UNREADABLE);
        }
        return new CacheControl(directives);
    }

    /**
     * The first of these targeted fields that is a valid, non-empty dictionary (RFC 9213 §2.2).
     *
     * @return null where none is: then Cache-Control and Expires rule
     */
    static @Nullable CacheControl targeted(Headers headers, List<String> targets) {
        for (String target : targets) {
            String value = headers.list(target);
            Map<String, StructuredFields.Member> members = value == null ? null : StructuredFields.dictionary(value);
            if (members != null && !members.isEmpty()) {
                Map<String, String> directives = new HashMap<>();
                members.forEach((name, member) -> {
                    if (!isFalse(member)) {
                        directives.put(name, argument(member));
                    }
                });
                return new CacheControl(directives);
            }
        }
        return null;
    }

    private static boolean isFalse(StructuredFields.Member member) {
        return member instanceof StructuredFields.Item item
                && item.bare() instanceof StructuredFields.Bool bool
                && !bool.value();
    }

    /** RFC 9213 §2.1: delta-seconds are integers there; parameters are ignored. */
    private static String argument(StructuredFields.Member member) {
        if (member instanceof StructuredFields.Item item) {
            if (item.bare() instanceof StructuredFields.Bool) {
                return "";
            }
            if (item.bare() instanceof StructuredFields.Int seconds) {
                return Long.toString(seconds.value());
            }
        }
        return UNREADABLE;
    }

    boolean has(String directive) {
        return directives.containsKey(directive);
    }

    boolean hasNoArgument(String directive) {
        return "".equals(directives.get(directive));
    }

    /**
     * The directive's delta-seconds.
     *
     * @return null where the directive is absent; zero where its argument is no such number, since §4.2.1 wants what is
     *     invalid taken for stale
     */
    @Nullable Duration seconds(String directive) {
        String argument = directives.get(directive);
        return argument == null ? null : Duration.ofSeconds(Math.max(0, deltaSeconds(argument)));
    }

    /** Digits only, clamped at 2^31; -1 for anything else (§1.2.2). */
    static long deltaSeconds(String digits) {
        long value = digits.isEmpty() ? -1 : 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = Math.min(MAX_SECONDS, 10 * value + digit);
        }
        return value;
    }

    /** An empty argument is not none: {@code max-stale=} does not ask for anything however old. */
    private static String argument(String given) {
        return given.isEmpty() ? UNREADABLE : given;
    }

    private static String unquoted(String argument) {
        if (argument.length() < 2 || !argument.startsWith("\"") || !argument.endsWith("\"")) {
            return argument;
        }
        return argument.substring(1, argument.length() - 1).replaceAll("\\\\(.)", "$1");
    }
}
