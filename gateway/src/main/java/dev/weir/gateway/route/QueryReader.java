package dev.weir.gateway.route;

import dev.weir.gateway.policy.CacheRules.Query;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code cache.query}: which parameters tell pages apart. */
final class QueryReader {

    private static final String NAMES = "a list of parameter names such as page or utm_*, as they are sent";

    /** Visible ASCII but what ends a name; a star only at the end. */
    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e&&[^&=#*]]{1,128}\\*?|\\*");

    private QueryReader() {}

    static Query read(Value value) {
        Section query = value.section(value.key(), "a mapping such as { deny: [utm_*] }")
                .only("allow", "deny", "sort");
        boolean sort = CacheReader.flag(query, "sort", Query.WHOLE.sort());
        Optional<Set<String>> allowed = query.get("allow").map(QueryReader::names);
        Optional<Set<String>> denied = query.get("deny").map(QueryReader::names);
        if (allowed.isPresent() && denied.isPresent()) {
            query.reportKey("deny", "beside allow", "one or the other: allow names all that count");
        }
        return allowed.map(names -> new Query(Query.Keep.ONLY, names, sort))
                .orElseGet(() -> new Query(Query.Keep.ALL_BUT, denied.orElse(Set.of()), sort));
    }

    private static Set<String> names(Value list) {
        return CacheReader.texts(list, name -> NAME.matcher(name).matches(), NAMES);
    }
}
