package dev.weir.ssr.render;

/** JSON that may stand inside an HTML script element. */
public final class EmbeddedJson {
    private EmbeddedJson() {}

    /**
     * Returns the same JSON value in a form that holds no {@code <}, {@code >}, {@code &}, U+2028 or U+2029: neither a
     * closing tag nor a comment can begin in it, and it is valid JavaScript too. These characters occur in JSON inside
     * strings only, where the escape means the same.
     */
    public static String escape(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char character = json.charAt(i);
            switch (character) {
                case '<', '>', '&', '\u2028', '\u2029' -> escaped.append(String.format("\\u%04x", (int) character));
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }
}
