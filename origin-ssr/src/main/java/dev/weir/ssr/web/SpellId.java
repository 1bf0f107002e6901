package dev.weir.ssr.web;

import java.util.regex.Pattern;

/** Whether a piece of an address can be a spell's id at all; what cannot is never asked of the database or put in a tag. */
final class SpellId {
    private static final int LONGEST = 64;
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

    private SpellId() {}

    static boolean mayBe(String text) {
        return text.length() <= LONGEST && SLUG.matcher(text).matches();
    }
}
