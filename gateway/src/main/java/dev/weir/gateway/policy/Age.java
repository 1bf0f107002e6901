package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How old a stored response is (RFC 9111 §4.2.3). */
public final class Age {

    private Age() {}

    /** {@code current_age}: never negative, to the millisecond. */
    public static Duration at(StoredResponse stored, Instant now) {
        return initial(stored).plus(resident(stored.times(), now));
    }

    /** {@code corrected_initial_age}: how old it was when it came. */
    static Duration initial(StoredResponse stored) {
        StoredResponse.Times times = stored.times();
        Duration delay = notNegative(Duration.between(times.requested(), times.received()));
        Duration corrected = value(stored.headers()).plus(delay);
        Duration apparent = apparent(stored.headers(), times.received());
        return apparent.compareTo(corrected) > 0 ? apparent : corrected;
    }

    /** {@code resident_time}; a clock set back makes it zero, not negative. */
    static Duration resident(StoredResponse.Times times, Instant now) {
        return notNegative(Duration.between(times.received(), now));
    }

    /** {@code apparent_age}, both ends cut to the second as Date is, lest each response be half a second old at birth. */
    private static Duration apparent(Headers headers, Instant received) {
        Instant date = Freshness.date(headers, "Date");
        return date == null
                ? Duration.ZERO
                : notNegative(Duration.between(date, received.truncatedTo(ChronoUnit.SECONDS)));
    }

    /** {@code age_value}. §5.1: of a list the first member counts; what is no number is ignored. */
    private static Duration value(Headers headers) {
        String age = headers.list("Age");
        if (age == null) {
            return Duration.ZERO;
        }
        int comma = age.indexOf(',');
        String first = FieldLists.trim(comma < 0 ? age : age.substring(0, comma));
        return Duration.ofSeconds(Math.max(0, CacheControl.deltaSeconds(first)));
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
