package dev.weir.gateway.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who waits is woken: once, all, in their order, on their own loop, and whatever the others do. */
class ParkedTest {

    private static final Executor HERE = Runnable::run;

    private final Parked parked = new Parked();
    private final List<String> woken = new ArrayList<>();

    private Parked.Sleeper sleeper(Runnable wake) {
        return new Parked.Sleeper() {
            @Override
            public void wake() {
                wake.run();
            }

            @Override
            public void lost() {
                woken.add("lost");
            }
        };
    }

    private Parked.Sleeper named(String name) {
        return sleeper(() -> woken.add(name));
    }

    @Test
    void allWhoWaitAreWokenOnceInTheirOrder() {
        parked.park(HERE, named("a"));
        parked.park(HERE, named("b"));
        parked.park(HERE, named("c"));

        parked.wakeAll();
        parked.wakeAll();

        assertThat(woken).containsExactly("a", "b", "c");
    }

    @Test
    void oneWhoParksAgainWhileWokenWaitsForTheNextTime() {
        parked.park(HERE, sleeper(() -> {
            woken.add("first");
            parked.park(HERE, named("second"));
        }));

        parked.wakeAll();
        assertThat(woken).containsExactly("first");

        parked.wakeAll();
        assertThat(woken).containsExactly("first", "second");
    }

    @Test
    void oneThatCannotBeWokenDoesNotKeepTheOthersAsleep() {
        parked.park(HERE, named("a"));
        parked.park(HERE, sleeper(() -> {
            throw new IllegalStateException("no");
        }));
        parked.park(HERE, named("c"));

        parked.wakeAll();

        assertThat(woken).containsExactly("a", "c");
    }

    @Test
    void eachLoopGetsItsOwnInOneTaskAndTheWakerWakesNobodyItself() {
        ArrayDeque<Runnable> one = new ArrayDeque<>();
        ArrayDeque<Runnable> other = new ArrayDeque<>();
        Executor oneLoop = one::add;
        Executor otherLoop = other::add;
        parked.park(oneLoop, named("one a"));
        parked.park(otherLoop, named("other"));
        parked.park(oneLoop, named("one b"));

        parked.wakeAll();

        assertThat(woken).isEmpty();
        assertThat(one).hasSize(1);
        assertThat(other).hasSize(1);
        one.remove().run();
        assertThat(woken).containsExactly("one a", "one b");
        other.remove().run();
        assertThat(woken).containsExactly("one a", "one b", "other");
    }

    @Test
    void aLoopIsGivenBackToItsOtherConnectionsBetweenManyWakings() {
        ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        Executor loop = tasks::add;
        IntStream.range(0, 1000).forEach(i -> parked.park(loop, named(Integer.toString(i))));

        parked.wakeAll();
        tasks.remove().run();

        assertThat(woken).hasSizeLessThan(100);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        assertThat(woken)
                .containsExactlyElementsOf(
                        IntStream.range(0, 1000).mapToObj(Integer::toString).toList());
    }

    @Test
    void thoseOfALoopThatIsGoneAreTold() {
        Executor gone = task -> {
            throw new RejectedExecutionException();
        };
        parked.park(gone, named("a"));
        parked.park(HERE, named("b"));
        parked.park(gone, named("c"));

        parked.wakeAll();

        assertThat(woken).containsExactlyInAnyOrder("lost", "b", "lost");
    }
}
