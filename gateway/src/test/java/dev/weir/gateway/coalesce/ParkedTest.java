package dev.weir.gateway.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits is woken: once, all, and whatever the others do. */
class ParkedTest {

    private final Parked parked = new Parked();
    private final List<String> woken = new ArrayList<>();

    @Test
    void allWhoWaitAreWokenOnce() {
        parked.park(() -> woken.add("a"));
        parked.park(() -> woken.add("b"));

        parked.wakeAll();
        parked.wakeAll();

        assertThat(woken).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void oneWhoParksAgainWhileWokenWaitsForTheNextTime() {
        parked.park(() -> {
            woken.add("first");
            parked.park(() -> woken.add("second"));
        });

        parked.wakeAll();
        assertThat(woken).containsExactly("first");

        parked.wakeAll();
        assertThat(woken).containsExactly("first", "second");
    }

    @Test
    void oneThatCannotBeWokenDoesNotKeepTheOthersAsleep() {
        parked.park(() -> woken.add("a"));
        parked.park(() -> {
            throw new IllegalStateException("no");
        });
        parked.park(() -> woken.add("c"));

        parked.wakeAll();

        assertThat(woken).containsExactlyInAnyOrder("a", "c");
    }
}
