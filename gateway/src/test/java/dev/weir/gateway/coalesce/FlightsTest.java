package dev.weir.gateway.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who finds which flight. */
class FlightsTest {

    private final AtomicLong moment = new AtomicLong(1);
    private final Flights<String, String> flights = new Flights<>(moment::get);

    private Flights.Joined<String> join(String key) {
        return flights.join(key, Runnable::run, flight -> true);
    }

    @Test
    void theFirstStartsAndTheOthersJoin() {
        Flights.Joined<String> first = join("a");
        Flights.Joined<String> second = join("a");
        Flights.Joined<String> other = join("b");

        assertThat(first.started()).isTrue();
        assertThat(second.started()).isFalse();
        assertThat(other.started()).isTrue();
        assertThat(second.member().flight()).isSameAs(first.member().flight());
        assertThat(flights.count()).isEqualTo(2);
        assertThat(flights.memberCount()).isEqualTo(3);
    }

    @Test
    void aFlightNotesTheMomentAtWhichItBegan() {
        Flight<String> before = join("a").member().flight();
        moment.set(9);

        assertThat(join("a").member().flight().moment()).isEqualTo(1);
        assertThat(join("b").member().flight().moment()).isEqualTo(9);
        assertThat(before.moment()).isEqualTo(1);
    }

    @Test
    void aFlightThatIsNotCurrentIsReplacedAndKeepsItsMembers() {
        Flights.Joined<String> old = join("a");
        Reader reader = Reader.of(old.member(), Long.MAX_VALUE);

        Flights.Joined<String> fresh = flights.join("a", Runnable::run, flight -> flight.moment() > 1);
        old.member().flight().append(new byte[] {'x'});
        old.member().flight().end();

        assertThat(fresh.started()).isTrue();
        assertThat(fresh.member().flight()).isNotSameAs(old.member().flight());
        assertThat(join("a").member().flight()).isSameAs(fresh.member().flight());
        assertThat(reader.text()).isEqualTo("x");
        assertThat(reader.ended).isTrue();
    }

    @Test
    void aClosedFlightIsReplaced() {
        Flights.Joined<String> old = join("a");
        old.member().flight().close();

        Flights.Joined<String> fresh = join("a");

        assertThat(fresh.started()).isTrue();
        assertThat(flights.count()).isEqualTo(1);
        assertThat(flights.memberCount()).isEqualTo(2);
    }

    @Test
    void removingTakesOnlyThatFlightOff() {
        Flight<String> old = join("a").member().flight();
        old.close();
        Flight<String> fresh = join("a").member().flight();

        flights.remove("a", old);
        assertThat(join("a").member().flight()).isSameAs(fresh);

        flights.remove("a", fresh);
        assertThat(flights.count()).isZero();
    }

    @Test
    void aMemberIsCountedUntilItLeavesOrHasReadAll() {
        Flights.Joined<String> one = join("a");
        Flights.Joined<String> two = join("a");
        Reader.of(two.member(), 1);

        one.member().leave();
        one.member().flight().end();

        assertThat(flights.memberCount()).isZero();
    }
}
