package dev.weir.gateway.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One member of Accept-Encoding, Accept-Language or Accept-Charset (RFC 9110 §12.4.2): a name and how much it is liked.
 *
 * @param name lower case; {@code x-gzip} and {@code x-compress} by their present names (RFC 9110 §8.4.1)
 * @param thousandths the weight, 0 to 1000
 */
record Weighted(String name, int thousandths) implements Comparable<Weighted> {

    private static final Comparator<Weighted> ORDER =
            Comparator.comparing(Weighted::name).thenComparing(Weighted::thousandths);

    /** The members of the list; null where one of them is malformed, and nobody knows what it means. */
    static @Nullable List<Weighted> parse(String list) {
        List<Weighted> members = new ArrayList<>(4);
        for (String member : FieldLists.split(list)) {
            int semicolon = member.indexOf(';');
            int weight = semicolon < 0 ? 1000 : weight(FieldLists.trim(member.substring(semicolon + 1)));
            String name = FieldLists.trim(semicolon < 0 ? member : member.substring(0, semicolon));
            if (weight < 0 || name.isEmpty()) {
                return null;
            }
            members.add(new Weighted(present(name.toLowerCase(Locale.ROOT)), weight));
        }
        return members;
    }

    String text() {
        return thousandths == 1000 ? name : name + ";q=" + thousandths;
    }

    @Override
    public int compareTo(Weighted other) {
        return ORDER.compare(this, other);
    }

    private static String present(String name) {
        return switch (name) {
            case "x-gzip" -> "gzip";
            case "x-compress" -> "compress";
            default -> name;
        };
    }

    /** {@code q=0.25} in thousandths; -1 for anything but a weight: 0 or 1 and at most three digits after the point. */
    private static int weight(String parameter) {
        if (!parameter.regionMatches(true, 0, "q=", 0, 2)) {
            return -1;
        }
        String number = parameter.substring(2);
        if (!number.matches("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?")) {
            return -1;
        }
        String fraction = number.length() < 3 ? "" : number.substring(2);
        int scale = fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
        return 1000 * (number.charAt(0) - '0') + scale;
    }
}
