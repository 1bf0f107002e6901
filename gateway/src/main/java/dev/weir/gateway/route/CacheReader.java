package dev.weir.gateway.route;

import dev.weir.gateway.policy.CacheRules;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads {@code cache} of one route; the one place where the file's words become {@link CacheRules}. */
final class CacheReader {

    private static final Duration LONGEST = Duration.ofDays(365);
    private static final long LARGEST = 1L << 30;

    /** RFC 9110 §5.6.2: of these fields and cookies have their names. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

    private CacheReader() {}

    /** The rules; the defaults stand for what is absent or, with a report, wrong. */
    static CacheRules read(Value value) {
        Section cache = value.section(value.key(), "a mapping such as { ttl: 5m }")
                .only(
                        "enabled",
                        "ttl",
                        "max-object",
                        "stale-if-unreachable",
                        "stale-while-revalidate",
                        "heuristic",
                        "targets",
                        "obey-client",
                        "set-cookie",
                        "cookies",
                        "query");
        CacheRules defaults = CacheRules.DEFAULT;
        long maxObject = cache.get("max-object")
                .flatMap(size -> size.read(
                        text -> Units.bytes(text).filter(n -> n > 0 && n <= LARGEST),
                        "a size such as 512KiB or 2MiB, up to 1GiB"))
                .orElse(defaults.maxObjectBytes());
        boolean enabled = flag(cache, "enabled", defaults.enabled());
        CacheRules rules = new CacheRules(enabled, duration(cache, "ttl"), maxObject, stale(cache))
                .withObeyClient(flag(cache, "obey-client", defaults.obeyClient()))
                .withCookies(cookies(cache))
                .withQuery(cache.get("query").map(QueryReader::read).orElse(defaults.query()))
                .withHeuristic(
                        cache.get("heuristic").map(CacheReader::heuristic).orElse(defaults.heuristic()));
        return cache.get("targets")
                .map(CacheReader::targets)
                .map(rules::withTargets)
                .orElse(rules);
    }

    private static CacheRules.Stale stale(Section cache) {
        CacheRules.Stale defaults = CacheRules.DEFAULT.stale();
        return new CacheRules.Stale(
                duration(cache, "stale-if-unreachable").orElse(defaults.ifUnreachable()),
                duration(cache, "stale-while-revalidate").orElse(defaults.whileRevalidate()));
    }

    private static CacheRules.Heuristic heuristic(Value value) {
        Section section = value.section(value.key(), "a mapping such as { percent: 10, cap: 1d }")
                .only("percent", "cap");
        CacheRules.Heuristic defaults = CacheRules.Heuristic.DEFAULT;
        int percent = section.get("percent")
                .flatMap(v -> v.read(text -> Numbers.whole(text, 0, 100), "a whole number from 0 to 100"))
                .orElse(defaults.percent());
        return new CacheRules.Heuristic(percent, duration(section, "cap").orElse(defaults.cap()));
    }

    private static List<String> targets(Value value) {
        Set<String> names = texts(value, CacheReader::isToken, "a list of field names such as CDN-Cache-Control");
        return List.copyOf(names);
    }

    private static CacheRules.Cookies cookies(Section cache) {
        CacheRules.SetCookie setCookie = cache.get("set-cookie")
                .flatMap(v -> v.read(CacheReader::setCookie, "pass, strip or store"))
                .orElse(CacheRules.Cookies.DEFAULT.setCookie());
        Set<String> ignored = cache.get("cookies")
                .map(v -> v.section(v.key(), "a mapping such as { ignore: [theme] }")
                        .only("ignore"))
                .flatMap(section -> section.get("ignore"))
                .map(v -> texts(v, CacheReader::isToken, "a list of cookie names such as theme"))
                .orElse(Set.of());
        return new CacheRules.Cookies(setCookie, ignored);
    }

    private static Optional<CacheRules.SetCookie> setCookie(String text) {
        for (CacheRules.SetCookie each : CacheRules.SetCookie.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** The texts of a list, in its order; what does not pass, or stands there twice, is reported. */
    static Set<String> texts(Value list, Predicate<String> valid, String expected) {
        Set<String> texts = new LinkedHashSet<>();
        for (Value item : list.items(expected)) {
            item.read(text -> Optional.of(text).filter(valid), expected).ifPresent(text -> {
                if (!texts.add(text)) {
                    item.report("twice", "each name once");
                }
            });
        }
        return texts;
    }

    static boolean flag(Section section, String key, boolean fallback) {
        return section.get(key)
                .flatMap(flag -> flag.read(Numbers::flag, "true or false"))
                .orElse(fallback);
    }

    private static Optional<Duration> duration(Section cache, String key) {
        return cache.get(key)
                .flatMap(value -> value.read(
                        text -> Units.duration(text).filter(d -> d.compareTo(LONGEST) <= 0),
                        "a duration such as 30s, up to 365d"));
    }
}
