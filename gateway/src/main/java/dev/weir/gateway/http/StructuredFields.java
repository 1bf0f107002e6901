package dev.weir.gateway.http;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Structured Field Values (RFC 9651): dictionaries, lists and items with parameters. Parsing is strict, as §4.2 demands:
 * a field with one error anywhere is no field at all, which here reads as null.
 */
public final class StructuredFields {

    private StructuredFields() {}

    /** One bare value (§3.3). */
    public sealed interface Bare {}

    /** An integer of up to 15 digits (§3.3.1). */
    public record Int(long value) implements Bare {}

    /** A decimal with up to 12 digits before and 3 after the point (§3.3.2). */
    public record Decimal(BigDecimal value) implements Bare {}

    /** A string of printable ASCII (§3.3.3), unescaped. */
    public record Text(String value) implements Bare {}

    /** A token (§3.3.4). */
    public record Token(String value) implements Bare {}

    /** A byte sequence (§3.3.5), still in its base64 form. */
    public record Bytes(String base64) implements Bare {}

    /** A boolean (§3.3.6). */
    public record Bool(boolean value) implements Bare {}

    /** A date (§3.3.7) in seconds since 1970. */
    public record Date(long seconds) implements Bare {}

    /** A display string (§3.3.8), decoded. */
    public record DisplayText(String value) implements Bare {}

    /** What a list or a dictionary is made of (§3.1, §3.2). */
    public sealed interface Member {
        Map<String, Bare> parameters();
    }

    /** A bare value with its parameters, in order; of a repeated key the last value counts (§3.1.2). */
    public record Item(Bare bare, Map<String, Bare> parameters) implements Member {}

    /** Items in parentheses with parameters of their own (§3.1.1). */
    public record InnerList(List<Item> items, Map<String, Bare> parameters) implements Member {
        public InnerList {
            items = List.copyOf(items);
        }
    }

    /**
     * Parses a dictionary (§3.2).
     *
     * @param value the combined field value
     * @return its members in order, of a repeated key the last; empty for an empty field; null where it does not parse
     */
    public static @Nullable Map<String, Member> dictionary(String value) {
        return new StructuredFieldParser(value).dictionary();
    }

    /**
     * Parses a list (§3.1).
     *
     * @param value the combined field value
     * @return its members; empty for an empty field; null where it does not parse
     */
    public static @Nullable List<Member> list(String value) {
        return new StructuredFieldParser(value).list();
    }

    /** A string with its quotes (§4.1.6); what is not printable ASCII becomes {@code ?}. */
    public static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c < 0x20 || c > 0x7e ? '?' : c);
        }
        return text.append('"').toString();
    }

    /** Whether that can be written as a token (§3.3.4). */
    public static boolean isToken(String value) {
        if (value.isEmpty() || !(StructuredFieldParser.isAlpha(value.charAt(0)) || value.charAt(0) == '*')) {
            return false;
        }
        return value.chars().allMatch(StructuredFields::isTokenChar);
    }

    /** A character that a token may go on with: one of RFC 9110's tchar (§5.6.2), a colon or a slash. */
    public static boolean isTokenChar(int c) {
        return StructuredFieldParser.isTokenChar(c);
    }

    /** A token where the text can be one, a string otherwise. */
    public static String tokenOrQuoted(String value) {
        return isToken(value) ? value : quoted(value);
    }
}
