package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.coalesce.Lease.Ending;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every lease that was granted ends once, whichever comes first: the grant, or the end of the fetch that it was for. */
class TenureTest {

    private final List<Ending> endings = new ArrayList<>();
    private final Tenure tenure = new Tenure();

    @Test
    void theFirstWordOfItsEndIsHeard() {
        tenure.granted(endings::add);
        assertThat(endings).isEmpty();

        tenure.end(Ending.STORED);
        tenure.end(Ending.GIVEN_UP);

        assertThat(endings).containsExactly(Ending.STORED);
    }

    @Test
    void aGrantThatComesAfterTheEndGoesBackAtOnce() {
        tenure.end(Ending.STORED);

        tenure.granted(endings::add);

        assertThat(endings).containsExactly(Ending.GIVEN_UP);
    }

    @Test
    void aSecondGrantGoesBackAtOnceAndTheFirstIsKept() {
        List<Ending> second = new ArrayList<>();
        tenure.granted(endings::add);

        tenure.granted(second::add);

        assertThat(second).containsExactly(Ending.GIVEN_UP);
        assertThat(endings).isEmpty();
    }
}
