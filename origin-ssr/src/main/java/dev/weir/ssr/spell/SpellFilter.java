package dev.weir.ssr.spell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The condition of a list in SQL, with what is bound to its parameters.
 *
 * @param where empty, or a WHERE clause with a space before it
 */
record SpellFilter(String where, Map<String, Object> parameters) {
    SpellFilter {
        parameters = Map.copyOf(parameters);
    }

    static SpellFilter of(SpellQuery query) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (query.school() != null) {
            conditions.add("school = :school");
            parameters.put("school", query.school().slug());
        }
        if (query.level() != null) {
            conditions.add("spell_level = :level");
            parameters.put("level", query.level());
        }
        if (!query.q().isEmpty()) {
            conditions.add("(LOWER(name) LIKE :text ESCAPE '!' OR LOWER(description) LIKE :text ESCAPE '!')");
            parameters.put("text", "%" + literally(query.q().toLowerCase(Locale.ROOT)) + "%");
        }
        return new SpellFilter(conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions), parameters);
    }

    /** The reader's {@code %} and {@code _} are characters to find, not wildcards. */
    private static String literally(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    GenericExecuteSpec bind(GenericExecuteSpec statement) {
        GenericExecuteSpec bound = statement;
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            bound = bound.bind(parameter.getKey(), parameter.getValue());
        }
        return bound;
    }
}
