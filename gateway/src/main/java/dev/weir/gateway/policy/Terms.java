package dev.weir.gateway.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The terms on which one stored response may be used: all that its fields and the route say, worked out once. Reading
 * them from the fields costs more than the whole rest of a hit, so whoever keeps stored responses may keep these beside
 * them.
 *
 * @param rulesHash of the rules it was stored under
 * @param status of the stored response
 * @param received its {@code response_time}
 * @param initialAge its age at that moment
 * @param lifetime its freshness lifetime
 * @param withdrawn it may not be stored at all (a validation can bring no-store)
 * @param noCache never without validation (RFC 9111 §5.2.2.4)
 * @param staleBarred never stale (§4.2.4)
 * @param staleWhileRevalidate RFC 5861 §3: by the response, or else by the route
 * @param staleIfError RFC 5861 §4; null where nobody says
 * @param validators what it can be validated with
 */
public record Terms(
        String rulesHash,
        int status,
        Instant received,
        Duration initialAge,
        Duration lifetime,
        boolean withdrawn,
        boolean noCache,
        boolean staleBarred,
        @Nullable Duration staleWhileRevalidate,
        @Nullable Duration staleIfError,
        Validators validators) {

    /** What a conditional request can carry. */
    public enum Validators {
        NONE,
        /** A weak entity tag or a date of modification. */
        WEAK,
        /** An entity tag of the origin's that changes with each byte (RFC 9110 §8.8.1). */
        STRONG
    }

    /** §4.2.4 and §5.2.2: each of these forbids stale use; s-maxage carries proxy-revalidate within (§5.2.2.10). */
    private static final Set<String> BAR_STALE = Set.of("must-revalidate", "proxy-revalidate", "s-maxage", "no-cache");

    /** The terms of that response under those rules. */
    public static Terms of(StoredResponse stored, CacheRules rules) {
        CacheControl control = CacheControl.ruling(stored.headers(), rules);
        return new Terms(
                stored.provenance().rulesHash(),
                stored.status(),
                stored.times().received(),
                Age.initial(stored),
                Freshness.of(stored.head(), rules).lifetime(),
                Storage.isBarred(stored.head(), control),
                control.has("no-cache"),
                BAR_STALE.stream().anyMatch(control::has),
                control.has("stale-while-revalidate")
                        ? control.seconds("stale-while-revalidate")
                        : rules.stale().whileRevalidate(),
                control.seconds("stale-if-error"),
                Validation.validators(stored.headers()));
    }

    Duration age(Instant now) {
        Duration resident = Duration.between(received, now);
        return resident.isNegative() ? initialAge : initialAge.plus(resident);
    }

    boolean canValidate(Trust trust) {
        return Validation.canValidate(validators, trust);
    }
}
