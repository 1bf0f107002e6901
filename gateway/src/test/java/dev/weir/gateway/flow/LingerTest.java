package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Member;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** For how long a body goes on that nobody reads any more, by time that the test winds. */
class LingerTest {

    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final CoalesceCounts counts = new CoalesceCounts();
    private final Flights<String, String> flights = new Flights<>(() -> 0);
    private final AtomicInteger givenUp = new AtomicInteger();
    private VirtualTimeScheduler time;
    private boolean useless = true;

    @BeforeEach
    void windTime() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void letTimeGoOn() {
        VirtualTimeScheduler.reset();
    }

    private Member<String> join() {
        return flights.join("page", Runnable::run, flight -> true).member();
    }

    private Member<String> watched() {
        Member<String> member = join();
        new Linger(counts).whileFilling(member.flight(), () -> useless, givenUp::incrementAndGet);
        return member;
    }

    @Test
    void aUselessBodyIsGivenUpAfterAWhileAndNotBefore() {
        watched().leave();

        time.advanceTimeBy(LINGER.minus(MOMENT));
        assertThat(givenUp).hasValue(0);
        time.advanceTimeBy(MOMENT);

        assertThat(givenUp).hasValue(1);
        assertThat(counts.lingered()).isOne();
    }

    @Test
    void whoComesBackInTimeFindsItUnderWayAndMayLeaveAgain() {
        watched().leave();
        time.advanceTimeBy(LINGER.minus(MOMENT));
        Member<String> back = join();
        time.advanceTimeBy(LINGER);
        assertThat(givenUp).hasValue(0);

        back.leave();
        time.advanceTimeBy(LINGER);

        assertThat(givenUp).hasValue(1);
    }

    @Test
    void theWhileBeginsAnewForWhoeverCameBackInBetween() {
        watched().leave();
        time.advanceTimeBy(LINGER.dividedBy(2));
        join().leave();

        time.advanceTimeBy(LINGER.minus(MOMENT));
        assertThat(givenUp).hasValue(0);
        time.advanceTimeBy(MOMENT);

        assertThat(givenUp).hasValue(1);
    }

    @Test
    void aUsefulBodyGoesOnForNobody() {
        useless = false;
        watched().leave();

        time.advanceTimeBy(LINGER.multipliedBy(10));

        assertThat(givenUp).hasValue(0);
        assertThat(counts.lingered()).isZero();
    }

    @Test
    void whatHasLandedMeanwhileIsNotGivenUp() {
        Member<String> member = watched();
        member.leave();
        member.flight().end();

        time.advanceTimeBy(LINGER);

        assertThat(givenUp).hasValue(0);
    }

    @Test
    void whoeverReadsOnKeepsItGoing() {
        Member<String> one = watched();
        join();
        one.leave();

        time.advanceTimeBy(LINGER);

        assertThat(givenUp).hasValue(0);
    }
}
