package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags (RFC 9110 §8.8.3), as texts with their quotes. Each coding of a representation has a tag of its own: the
 * identity's with a suffix inside the quotes, {@code "abc"} → {@code "abc;w-br5"}.
 */
public final class EntityTags {

    /** Set before a coding's suffix; reserved, so that no origin's own tag is taken for a coded one. */
    private static final String SUFFIX_MARK = ";w-";

    private EntityTags() {}

    /**
     * The tag of a coded form.
     *
     * @param etag of the identity; what is no entity tag comes back as it is
     * @param suffix letters, digits and hyphens: coding and encoding generation, {@code br5}
     */
    public static String withCoding(String etag, String suffix) {
        return isValid(etag) ? etag.substring(0, etag.length() - 1) + SUFFIX_MARK + suffix + '"' : etag;
    }

    /** The identity's tag: {@code "abc;w-br5"} → {@code "abc"}; any other comes back as it is. */
    public static String withoutCoding(String etag) {
        int mark = etag.lastIndexOf(SUFFIX_MARK);
        if (mark < 0 || !isValid(etag)) {
            return etag;
        }
        String suffix = etag.substring(mark + SUFFIX_MARK.length(), etag.length() - 1);
        return suffix.chars().allMatch(EntityTags::isSuffixChar) ? etag.substring(0, mark) + '"' : etag;
    }

    /** A list of tags, each less its coding suffix; what is no tag, as {@code *} or a date, stays. */
    public static String withoutCodings(String tags) {
        return FieldLists.tags(tags).stream().map(EntityTags::withoutCoding).collect(Collectors.joining(", "));
    }

    /** RFC 9110 §8.8.3.2: same opaque text, weak or not. */
    public static boolean matchesWeakly(String one, String other) {
        return isValid(one) && opaque(one).equals(opaque(other));
    }

    /** RFC 9110 §8.8.3.2: same text, and neither weak. */
    public static boolean matchesStrongly(String one, String other) {
        return isStrong(one) && one.equals(other);
    }

    /** Well-formed and not weak. */
    public static boolean isStrong(String etag) {
        return isValid(etag) && !etag.startsWith("W/");
    }

    /** Whether that is an entity tag at all: {@code "…"} or {@code W/"…"}, with no quote or control character inside. */
    public static boolean isValid(String etag) {
        int start = etag.startsWith("W/") ? 2 : 0;
        if (etag.length() < start + 2 || etag.charAt(start) != '"' || !etag.endsWith("\"")) {
            return false;
        }
        for (int i = start + 1; i < etag.length() - 1; i++) {
            char c = etag.charAt(i);
            if (c <= 0x20 || c == '"' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The tag in these fields; null where there is none, several, or what is none. */
    static @Nullable String of(Headers headers) {
        String etag = headers.only("ETag");
        return etag != null && isValid(etag) ? etag : null;
    }

    /** The tag in these fields if the origin gave it. */
    static @Nullable String ofOrigin(Headers headers) {
        String etag = of(headers);
        return etag != null && etag.startsWith(BodyTag.MARK) ? null : etag;
    }

    /** A strong tag from the bytes themselves; one pass over them. */
    static String made(byte[] identity) {
        BodyTag tag = new BodyTag();
        tag.add(identity);
        return tag.value();
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    private static boolean isSuffixChar(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
}
