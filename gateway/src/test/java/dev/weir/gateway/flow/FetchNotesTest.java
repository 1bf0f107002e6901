package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** What is remembered of fetches, of which, and for how long. */
class FetchNotesTest {

    /** So many that chance does not decide: half of them, give or take, are on either side of the middle. */
    private static final int MANY = 400;

    private final AtomicLong now = new AtomicLong();
    private final List<String> cleared = new ArrayList<>();
    private final FetchNotes notes = new FetchNotes(new Clearing(), now::get);

    /** Writes down what is cleared for all replicas. */
    private final class Clearing implements Lease {
        @Override
        public Mono<Grant> take(String name) {
            return Mono.just(Grant.Unavailable.INSTANCE);
        }

        @Override
        public void clear(String name) {
            cleared.add(name);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static FlightKey key(int page, boolean credentialed, boolean atOrigin) {
        CacheKey key = new CacheKey("http", "a.test", "/page/" + page, null);
        return new FlightKey(key, StoredResponse.Variant.NONE, "rules", credentialed, atOrigin);
    }

    private static FlightKey key(int page) {
        return key(page, false, false);
    }

    private static OriginFailure failure(OriginFailure.Kind kind) {
        return new OriginFailure(kind, "site", "");
    }

    @Test
    void whatCouldNotBeSharedIsTriedAgainAfterTwoMinutes() {
        notes.notShareable(key(1), "private");

        pass(Duration.ofSeconds(119));
        assertThat(notes.isNotShareable(key(1))).isTrue();
        pass(Duration.ofSeconds(1));

        assertThat(notes.isNotShareable(key(1))).isFalse();
    }

    @Test
    void itIsOneNoteWhereverTheFetchGoesAndAnotherForAnotherOne() {
        notes.notShareable(key(1, false, true), "private");

        assertThat(notes.isNotShareable(key(1))).isTrue();
        assertThat(notes.isNotShareable(key(2))).isFalse();
        assertThat(notes.isNotShareable(key(1, true, false))).isFalse();
    }

    @Test
    void whatCanBeSharedAfterAllIsSoForAllReplicasAndTheyAreToldOnlyThen() {
        notes.shareable(key(1));
        assertThat(cleared).isEmpty();
        notes.notShareable(key(1), "private");

        notes.shareable(key(1, false, true));

        assertThat(notes.isNotShareable(key(1))).isFalse();
        assertThat(cleared).containsExactly(LeaseName.of(key(1)));
    }

    @Test
    void aFailureIsRememberedForAMomentThatIsNotTheSameForAll() {
        IntStream.range(0, MANY).forEach(page -> notes.failed(key(page), failure(OriginFailure.Kind.REFUSED)));

        pass(Duration.ofMillis(499));
        assertThat(stillFailing()).isEqualTo(MANY);
        pass(Duration.ofMillis(501));
        assertThat(stillFailing()).isBetween(MANY / 10, MANY - MANY / 10);
        pass(Duration.ofMillis(501));
        assertThat(stillFailing()).isZero();
    }

    private int stillFailing() {
        return (int) IntStream.range(0, MANY)
                .filter(page -> notes.failedLately(key(page)) != null)
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatNoSingleRequestCanHaveProvokedIsHeldAgainstOthers(OriginFailure.Kind kind) {
        notes.failed(key(1), failure(kind));

        boolean ofAll = List.of(
                        OriginFailure.Kind.UNRESOLVED, OriginFailure.Kind.REFUSED, OriginFailure.Kind.CONNECT_TIMEOUT)
                .contains(kind);
        assertThat(notes.failedLately(key(1)) != null).isEqualTo(ofAll);
    }
}
