package dev.weir.gateway.route;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations and sizes as people write them in the configuration: a whole number and its unit. A number without a unit is
 * refused, because every reader guesses another one.
 */
public final class Units {

    // nine digits of days or GiB still fit a long of milliseconds or bytes
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,9})([A-Za-z]+)");

    private Units() {}

    /** The duration written so ({@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}), or empty. */
    public static Optional<Duration> duration(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Optional.of(Duration.ofMillis(number));
            case "s" -> Optional.of(Duration.ofSeconds(number));
            case "m" -> Optional.of(Duration.ofMinutes(number));
            case "h" -> Optional.of(Duration.ofHours(number));
            case "d" -> Optional.of(Duration.ofDays(number));
            default -> Optional.empty();
        };
    }

    /** The number of bytes written so ({@code 100B}, {@code 512KiB}, {@code 2MiB}, {@code 1GiB}), or empty. */
    public static Optional<Long> bytes(String text) {
        Matcher parts = NUMBER_AND_UNIT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "B" -> Optional.of(number);
            case "KiB" -> Optional.of(number << 10);
            case "MiB" -> Optional.of(number << 20);
            case "GiB" -> Optional.of(number << 30);
            default -> Optional.empty();
        };
    }

    /** As {@link #duration} reads it, in the largest unit that loses nothing. */
    public static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }

    /** As {@link #bytes} reads it, in the largest unit that loses nothing. */
    public static String text(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        long number = bytes;
        while (unit < 3 && number != 0 && number % 1024 == 0) {
            number /= 1024;
            unit++;
        }
        return number + units[unit];
    }
}
