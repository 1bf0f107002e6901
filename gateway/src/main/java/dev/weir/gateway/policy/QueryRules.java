package dev.weir.gateway.policy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reduces a query to the parameters that tell pages apart. What is kept is kept byte for byte. */
final class QueryRules {

    private QueryRules() {}

    /** By a route's rules, which name parameters as they are sent. */
    static @Nullable String reduce(@Nullable String query, CacheRules.Query rules) {
        if (query == null || rules.equals(CacheRules.Query.WHOLE)) {
            return query;
        }
        boolean only = rules.keep() == CacheRules.Query.Keep.ONLY;
        return reduce(query, name -> isNamed(name, rules.names()) == only, rules.sort(), UnaryOperator.identity());
    }

    /** By a response's No-Vary-Search, which names them decoded. */
    static @Nullable String reduceForm(@Nullable String query, NoVarySearch search) {
        if (query == null) {
            return null;
        }
        boolean only = search.keep() == CacheRules.Query.Keep.ONLY;
        return reduce(query, name -> search.names().contains(name) == only, search.ignoresOrder(), QueryRules::decode);
    }

    private static @Nullable String reduce(
            String query, Predicate<String> keep, boolean sort, UnaryOperator<String> reading) {
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            if (keep.test(reading.apply(name(parameter)))) {
                kept.add(parameter);
            }
        }
        if (sort) {
            // stable: parameters of one name keep their order, which is their meaning
            kept.sort(Comparator.comparing(parameter -> reading.apply(name(parameter))));
        }
        return kept.isEmpty() ? null : String.join("&", kept);
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }

    private static boolean isNamed(String name, Set<String> names) {
        for (String named : names) {
            boolean hit =
                    named.endsWith("*") ? name.startsWith(named.substring(0, named.length() - 1)) : name.equals(named);
            if (hit) {
                return true;
            }
        }
        return false;
    }

    static String decode(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return name;
        }
    }
}
