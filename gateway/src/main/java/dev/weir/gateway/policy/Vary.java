package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Which requests a stored response can answer, by the fields that its Vary names (RFC 9111 §4.1). */
public final class Vary {

    private Vary() {}

    /** Whether a Vary line has {@code *} among its members: such a response matches no later request. */
    public static boolean isAny(Headers response) {
        return response.all("Vary").stream()
                .anyMatch(line -> FieldLists.split(line).contains("*"));
    }

    /** The variant that a response to that upstream request is. */
    public static StoredResponse.Variant of(Headers response, Request upstream) {
        TreeSet<String> names = new TreeSet<>();
        for (String line : response.all("Vary")) {
            FieldLists.split(line).forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        }
        if (names.isEmpty()) {
            return StoredResponse.Variant.NONE;
        }
        List<String> values = new ArrayList<>(names.size());
        names.forEach(name -> values.add(VaryValue.of(name, upstream.headers())));
        return new StoredResponse.Variant(List.copyOf(names), values);
    }

    /** Whether that upstream request has the variant's values. */
    public static boolean matches(StoredResponse.Variant variant, Request upstream) {
        for (int i = 0; i < variant.names().size(); i++) {
            String name = variant.names().get(i);
            if (name.equals("*") || !variant.values().get(i).equals(VaryValue.of(name, upstream.headers()))) {
                return false;
            }
        }
        return true;
    }
}
