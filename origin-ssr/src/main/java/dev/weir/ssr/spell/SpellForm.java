package dev.weir.ssr.spell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a spell from the JSON of a write: every field is required, nothing else is allowed, all problems are told. */
public final class SpellForm {
    private static final int SHORT = 80;
    private static final int LONG = 2000;
    private static final Set<String> FIELDS =
            Set.of("name", "school", "level", "castingTime", "range", "components", "duration", "description");

    private final JsonNode json;
    private final Map<String, String> problems = new LinkedHashMap<>();

    private SpellForm(JsonNode json) {
        this.json = json;
    }

    /**
     * Returns the spell that the JSON describes.
     *
     * @param id the spell's id, from the address; an {@code id} in the JSON must be the same
     * @throws InvalidSpell naming each wrong field
     */
    public static Spell read(String id, JsonNode json) {
        if (!json.isObject()) {
            throw new InvalidSpell(Map.of("body", "expected: a JSON object"));
        }
        return new SpellForm(json).read(id);
    }

    private Spell read(String id) {
        refuseOthers(id);
        String name = text("name", SHORT);
        Optional<School> school = School.of(json.path("school").stringValue(""));
        if (school.isEmpty()) {
            problems.put("school", "expected: one of " + String.join(", ", School.slugs()));
        }
        int level = level();
        List<String> facts = List.of(
                text("castingTime", SHORT), text("range", SHORT), text("components", SHORT), text("duration", SHORT));
        String description = text("description", LONG);
        if (!problems.isEmpty() || school.isEmpty()) {
            throw new InvalidSpell(problems);
        }
        return new Spell(
                id, name, school.get(), level, facts.get(0), facts.get(1), facts.get(2), facts.get(3), description);
    }

    private void refuseOthers(String id) {
        for (String field : json.propertyNames()) {
            if (field.equals("id")) {
                if (!json.path("id").stringValue("").equals(id)) {
                    problems.put("id", "expected: " + id + ", as in the address, or none");
                }
            } else if (!FIELDS.contains(field)) {
                problems.put(field, "expected: no such field");
            }
        }
    }

    private String text(String field, int longest) {
        String value = json.path(field).stringValue("").strip();
        boolean valid = !value.isEmpty()
                && value.length() <= longest
                && value.codePoints().noneMatch(SpellForm::unfit);
        if (!valid) {
            problems.put(field, "expected: text of 1 to " + longest + " characters without control characters");
        }
        return value;
    }

    private static boolean unfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private int level() {
        JsonNode level = json.path("level");
        if (!level.isIntegralNumber()
                || !level.canConvertToInt()
                || level.intValue() < 0
                || level.intValue() > SpellQuery.MAX_LEVEL) {
            problems.put("level", "expected: a whole number from 0 to " + SpellQuery.MAX_LEVEL);
            return 0;
        }
        return level.intValue();
    }
}
