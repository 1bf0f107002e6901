package dev.weir.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Dates in HTTP fields (RFC 9110 §5.6.7). Reads the three forms a recipient must accept, each to the letter but for its
 * case, and writes the one a sender must use.
 *
 * <p>Strict on purpose: a date that a lenient parser would guess at decides how long a page lives. The day's name must be a
 * day's name (but need not be the right one), one space is one space, and the zone is GMT. Case alone does not matter:
 * RFC 9111 §4.2 wants it so.
 */
public final class HttpDate {

    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> LONG_DAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private HttpDate() {}

    /** The moment that text names, or null where it is in none of the three forms. */
    public static @Nullable Instant parse(String text) {
        try {
            return switch (text.indexOf(',')) {
                case 3 -> imfFixdate(text);
                case -1 -> asctime(text);
                default -> rfc850(text);
            };
        } catch (DateTimeException noSuchDay) { // 31 Feb, 25:00:00
            return null;
        }
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}; fractions of a second are dropped, years run from 0 to 9999. */
    public static String format(Instant moment) {
        OffsetDateTime at = moment.atOffset(ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(29)
                .append(DAYS.get(at.getDayOfWeek().getValue() - 1))
                .append(", ");
        pad(text, at.getDayOfMonth()).append(' ').append(MONTHS.get(at.getMonthValue() - 1));
        pad(pad(text.append(' '), at.getYear() / 100), at.getYear() % 100);
        pad(text.append(' '), at.getHour());
        pad(text.append(':'), at.getMinute());
        return pad(text.append(':'), at.getSecond()).append(" GMT").toString();
    }

    private static StringBuilder pad(StringBuilder text, int twoDigits) {
        return text.append((char) ('0' + twoDigits / 10)).append((char) ('0' + twoDigits % 10));
    }

    // Sun, 06 Nov 1994 08:49:37 GMT
    private static @Nullable Instant imfFixdate(String text) {
        if (text.length() != 29
                || indexOf(DAYS, text, 0, 3) < 0
                || !hasAt(text, 4, " ", 7, " ", 11, " ", 16, " ", 25, " GMT")) {
            return null;
        }
        return instant(number(text, 12, 16), indexOf(MONTHS, text, 8, 11), number(text, 5, 7), text, 17);
    }

    // Sunday, 06-Nov-94 08:49:37 GMT
    private static @Nullable Instant rfc850(String text) {
        int comma = text.indexOf(',');
        if (text.length() != comma + 24
                || indexOf(LONG_DAYS, text, 0, comma) < 0
                || !hasAt(text, comma + 1, " ", comma + 4, "-", comma + 8, "-", comma + 11, " ", comma + 20, " GMT")) {
            return null;
        }
        int year = number(text, comma + 9, comma + 11);
        int month = indexOf(MONTHS, text, comma + 5, comma + 8);
        int day = number(text, comma + 2, comma + 4);
        return instant(year < 0 ? year : fullYear(year), month, day, text, comma + 12);
    }

    // Sun Nov  6 08:49:37 1994
    private static @Nullable Instant asctime(String text) {
        if (text.length() != 24 || indexOf(DAYS, text, 0, 3) < 0 || !hasAt(text, 3, " ", 7, " ", 10, " ", 19, " ")) {
            return null;
        }
        int day = text.charAt(8) == ' ' ? number(text, 9, 10) : number(text, 8, 10);
        return instant(number(text, 20, 24), indexOf(MONTHS, text, 4, 7), day, text, 11);
    }

    /**
     * RFC 9110 §5.6.7: a two-digit year that seems more than 50 years ahead is the last one in the past with those
     * digits. Without a clock that line is drawn at a fixed year: 00 to 69 are 2000 to 2069.
     */
    private static int fullYear(int twoDigits) {
        return twoDigits < 70 ? 2000 + twoDigits : 1900 + twoDigits;
    }

    private static @Nullable Instant instant(int year, int monthIndex, int day, String text, int timeAt) {
        int hour = number(text, timeAt, timeAt + 2);
        int minute = number(text, timeAt + 3, timeAt + 5);
        int second = number(text, timeAt + 6, timeAt + 8);
        boolean digits = year >= 0 && monthIndex >= 0 && day >= 0 && hour >= 0 && minute >= 0 && second >= 0;
        if (!digits || !hasAt(text, timeAt + 2, ":", timeAt + 5, ":")) {
            return null;
        }
        // second = 60 is a leap second by the grammar; java.time has none, so it is the next minute's start
        return LocalDateTime.of(year, monthIndex + 1, day, hour, minute, second == 60 ? 59 : second)
                .plusSeconds(second == 60 ? 1 : 0)
                .toInstant(ZoneOffset.UTC);
    }

    /** Whether each literal stands at its place: place, literal, place, literal, … */
    private static boolean hasAt(String text, Object... placesAndLiterals) {
        for (int i = 0; i < placesAndLiterals.length; i += 2) {
            String literal = (String) placesAndLiterals[i + 1];
            if (!text.regionMatches(true, (Integer) placesAndLiterals[i], literal, 0, literal.length())) {
                return false;
            }
        }
        return true;
    }

    /** Which of those names stands in that range, in whatever case; -1 for none. */
    private static int indexOf(List<String> names, String text, int from, int to) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(text.substring(from, to))) {
                return i;
            }
        }
        return -1;
    }

    /** The decimal number in that range, or -1 where anything but a digit is in it. */
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
