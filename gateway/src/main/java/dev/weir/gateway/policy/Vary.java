package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.StructuredFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which requests a stored response can answer, by the fields that its Vary names (RFC 9111 §4.1). */
public final class Vary {

    private static final String LANGUAGE = "accept-language";

    private static final String ANY = "*";

    private Vary() {}

    /** Whether a Vary line has {@code *} among its members: such a response matches no later request. */
    public static boolean isAny(Headers response) {
        return names(response).contains(ANY);
    }

    /** The variant that a response to that upstream request is. */
    public static StoredResponse.Variant of(Headers response, Request upstream) {
        List<String> names = names(response);
        if (names.isEmpty()) {
            return StoredResponse.Variant.NONE;
        }
        List<String> values = new ArrayList<>(names.size());
        names.forEach(name -> values.add(VaryValue.of(name, upstream.headers())));
        return new StoredResponse.Variant(names, values);
    }

    /** Whether that upstream request has the variant's values. */
    public static boolean matches(StoredResponse.Variant variant, Request upstream) {
        return matches(variant, upstream, null);
    }

    /**
     * Whether that upstream request selects that stored response: by the same values, or, as for languages, because it
     * asks before all else for the very language that is stored, so that the origin could choose no better.
     */
    public static boolean selects(StoredResponse stored, Request upstream) {
        return matches(stored.variant(), upstream, stored.headers().only("Content-Language"));
    }

    /** Of those that the request selects the most recent by Date (§4, §4.1); null where it selects none. */
    public static @Nullable StoredResponse best(List<StoredResponse> variants, Request upstream) {
        return variants.stream()
                .filter(stored -> selects(stored, upstream))
                .max(Comparator.comparing(Vary::recency))
                .orElse(null);
    }

    /** The Date of a stored response, which it always has; where not, when it came. */
    static Instant recency(StoredResponse stored) {
        Instant date = Freshness.date(stored.headers(), "Date");
        return date != null ? date : stored.times().received();
    }

    private static boolean matches(StoredResponse.Variant variant, Request upstream, @Nullable String language) {
        for (int i = 0; i < variant.names().size(); i++) {
            String name = variant.names().get(i);
            boolean same = variant.values().get(i).equals(VaryValue.of(name, upstream.headers()))
                    || (name.equals(LANGUAGE) && language != null && prefers(upstream, language));
            if (name.equals(ANY) || !same) {
                return false;
            }
        }
        return true;
    }

    private static boolean prefers(Request upstream, String language) {
        return language.toLowerCase(Locale.ROOT)
                .equals(VaryValue.favourite(upstream.headers().list(LANGUAGE)));
    }

    /** The names that Vary lists, lower case, sorted, each once. */
    static List<String> names(Headers response) {
        TreeSet<String> names = new TreeSet<>();
        for (String line : response.all("Vary")) {
            for (String name : FieldLists.names(line)) {
                names.add(isName(name) ? name : ANY);
            }
        }
        return List.copyOf(names);
    }

    /** What is no name of a field tells nobody what to compare, so it stands for {@code *}. */
    private static boolean isName(String name) {
        return name.chars().allMatch(StructuredFields::isTokenChar);
    }
}
