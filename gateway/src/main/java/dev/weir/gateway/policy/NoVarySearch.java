package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.StructuredFields;
import dev.weir.gateway.http.StructuredFields.InnerList;
import dev.weir.gateway.http.StructuredFields.Item;
import dev.weir.gateway.http.StructuredFields.Member;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a response says of the query: which parameters it does not depend on (No-Vary-Search,
 * draft-ietf-httpbis-no-vary-search). Whoever has learned it for a URL without its query may look responses up by the
 * reduced key.
 *
 * @param ignoresOrder whether the order of parameters is of no account
 * @param keep how to read the names
 * @param names of the parameters that alone matter, or that alone do not
 */
public record NoVarySearch(boolean ignoresOrder, CacheRules.Query.Keep keep, Set<String> names) {

    /** All of the query matters: the default, and what an invalid field means. */
    public static final NoVarySearch NONE = new NoVarySearch(false, CacheRules.Query.Keep.ALL_BUT, Set.of());

    public NoVarySearch {
        names = Set.copyOf(names);
    }

    /** What those response fields say; {@link #NONE} where they say nothing valid. */
    public static NoVarySearch of(Headers response) {
        String value = response.list("No-Vary-Search");
        Map<String, Member> members = value == null ? null : StructuredFields.dictionary(value);
        Boolean order = members == null ? null : flag(members, "key-order");
        if (members == null || order == null) {
            return NONE;
        }
        Member except = members.get("except");
        if (members.get("params") instanceof InnerList list) {
            // except makes sense only beside all parameters
            return except == null ? of(order, CacheRules.Query.Keep.ALL_BUT, names(list)) : NONE;
        }
        Boolean all = flag(members, "params");
        if (all == null || !all) {
            return all != null && except == null ? of(order, CacheRules.Query.Keep.ALL_BUT, Set.of()) : NONE;
        }
        return of(order, CacheRules.Query.Keep.ONLY, except == null ? Set.of() : names(except));
    }

    private static NoVarySearch of(boolean order, CacheRules.Query.Keep keep, @Nullable Set<String> names) {
        return names == null ? NONE : new NoVarySearch(order, keep, names);
    }

    /** The key less what does not matter. */
    public CacheKey reduce(CacheKey key) {
        return this.equals(NONE) ? key : key.withQuery(QueryRules.reduceForm(key.query(), this));
    }

    /** False where it is absent; null where it is no boolean. */
    private static @Nullable Boolean flag(Map<String, Member> members, String name) {
        Member member = members.get(name);
        if (member == null) {
            return false;
        }
        if (member instanceof Item item && item.bare() instanceof StructuredFields.Bool bool) {
            return bool.value();
        }
        return null;
    }

    private static @Nullable Set<String> names(Member member) {
        if (!(member instanceof InnerList list)) {
            return null;
        }
        Set<String> names = new TreeSet<>();
        for (Item item : list.items()) {
            if (!(item.bare() instanceof StructuredFields.Text text)) {
                return null;
            }
            names.add(QueryRules.decode(text.value())); // §3: names are written as in a form, too
        }
        return names;
    }
}
