package dev.weir.gateway.http;

import dev.weir.gateway.http.StructuredFields.Bare;
import dev.weir.gateway.http.StructuredFields.InnerList;
import dev.weir.gateway.http.StructuredFields.Item;
import dev.weir.gateway.http.StructuredFields.Member;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over one field value by the algorithms of RFC 9651 §4.2; not for sharing or for a second pass. */
final class StructuredFieldParser {

    private static final int MAX_INTEGER_DIGITS = 15;
    private static final int MAX_WHOLE_DIGITS = 12;
    private static final int MAX_FRACTION_DIGITS = 3;

    private final String text;
    private int at;

    StructuredFieldParser(String text) {
        this.text = text;
    }

    // §4.2.2
    @Nullable Map<String, Member> dictionary() {
        Map<String, Member> members = new LinkedHashMap<>();
        try {
            skip(" ");
            while (at < text.length()) {
                String key = key();
                Member member = accept('=') ? member() : new Item(new StructuredFields.Bool(true), parameters());
                members.put(key, member); // the last value of a repeated key, at its first place
                separator();
            }
            return members;
        } catch (Malformed malformed) {
            return null;
        }
    }

    // §4.2.1
    @Nullable List<Member> list() {
        List<Member> members = new ArrayList<>();
        try {
            skip(" ");
            while (at < text.length()) {
                members.add(member());
                separator();
            }
            return members;
        } catch (Malformed malformed) {
            return null;
        }
    }

    /** A comma between members, or the end; a comma before the end is an error. */
    private void separator() {
        skip(" \t");
        if (at == text.length()) {
            return;
        }
        require(accept(','));
        skip(" \t");
        require(at < text.length());
    }

    private Member member() {
        if (!accept('(')) {
            return item();
        }
        // §4.2.1.2
        List<Item> items = new ArrayList<>();
        while (true) {
            skip(" ");
            if (accept(')')) {
                return new InnerList(items, parameters());
            }
            items.add(item());
            require(peek() == ' ' || peek() == ')');
        }
    }

    // §4.2.3
    private Item item() {
        return new Item(bare(), parameters());
    }

    // §4.2.3.2
    private Map<String, Bare> parameters() {
        Map<String, Bare> parameters = new LinkedHashMap<>();
        while (accept(';')) {
            skip(" ");
            String key = key();
            parameters.put(key, accept('=') ? bare() : new StructuredFields.Bool(true));
        }
        return Collections.unmodifiableMap(parameters);
    }

    // §4.2.3.3
    private String key() {
        require(isLower(peek()) || peek() == '*');
        int start = at;
        while (isLower(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(start, at);
    }

    // §4.2.3.1
    private Bare bare() {
        int first = peek();
        if (first == '-' || isDigit(first)) {
            return number();
        }
        if (isAlpha(first) || first == '*') {
            return token();
        }
        at++;
        return switch (first) {
            case '"' -> string();
            case ':' -> bytes();
            case '?' -> bool();
            case '@' -> date();
            case '%' -> displayText();
            default -> throw new Malformed();
        };
    }

    // §4.2.4
    private Bare number() {
        int start = at;
        accept('-');
        int digits = digits();
        if (peek() != '.') {
            require(digits <= MAX_INTEGER_DIGITS);
            return new StructuredFields.Int(Long.parseLong(text.substring(start, at)));
        }
        at++;
        require(digits <= MAX_WHOLE_DIGITS && digits() <= MAX_FRACTION_DIGITS);
        return new StructuredFields.Decimal(new BigDecimal(text.substring(start, at)));
    }

    /** Steps over one or more digits and says how many. */
    private int digits() {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        require(at > start);
        return at - start;
    }

    // §4.2.5
    private Bare string() {
        StringBuilder value = new StringBuilder();
        while (true) {
            int c = next();
            if (c == '"') {
                return new StructuredFields.Text(value.toString());
            }
            if (c == '\\') {
                c = next();
                require(c == '"' || c == '\\');
            }
            require(c >= 0x20 && c <= 0x7e);
            value.append((char) c);
        }
    }

    // §4.2.6
    private Bare token() {
        int start = at;
        while (isTokenChar(peek())) {
            at++;
        }
        return new StructuredFields.Token(text.substring(start, at));
    }

    // §4.2.7
    private Bare bytes() {
        int end = text.indexOf(':', at);
        require(end >= 0);
        String base64 = text.substring(at, end);
        require(base64.chars().allMatch(c -> isAlpha(c) || isDigit(c) || c == '+' || c == '/' || c == '='));
        at = end + 1;
        return new StructuredFields.Bytes(base64);
    }

    // §4.2.8
    private Bare bool() {
        int c = next();
        require(c == '0' || c == '1');
        return new StructuredFields.Bool(c == '1');
    }

    // §4.2.9
    private Bare date() {
        if (number() instanceof StructuredFields.Int seconds) {
            return new StructuredFields.Date(seconds.value());
        }
        throw new Malformed();
    }

    // §4.2.10
    private Bare displayText() {
        require(next() == '"');
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        while (true) {
            int c = next();
            if (c == '"') {
                return new StructuredFields.DisplayText(utf8(bytes.flip()));
            }
            require(c >= 0x20 && c <= 0x7e);
            bytes.put((byte) (c == '%' ? 16 * lowerHex() + lowerHex() : c));
        }
    }

    private int lowerHex() {
        int digit = "0123456789abcdef".indexOf(next());
        require(digit >= 0);
        return digit;
    }

    private static String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new Malformed();
        }
    }

    /** The next character, or -1 at the end. */
    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private int next() {
        require(at < text.length());
        return text.charAt(at++);
    }

    private boolean accept(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    private void skip(String anyOf) {
        while (anyOf.indexOf(peek()) >= 0) {
            at++;
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new Malformed();
        }
    }

    private static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isAlpha(int c) {
        return isLower(c) || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** A character that a token may go on with: RFC 9110's tchar, colon, slash. */
    static boolean isTokenChar(int c) {
        return isAlpha(c) || isDigit(c) || (c >= 0 && "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0);
    }

    /** Leaves the recursive descent; caught in this class. No trace: malformed input is ordinary. */
    private static final class Malformed extends RuntimeException {

        private Malformed() {
            super("malformed", null, false, false);
        }
    }
}
