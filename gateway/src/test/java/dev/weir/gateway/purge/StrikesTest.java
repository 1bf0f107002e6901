package dev.weir.gateway.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.policy.Selector;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The table of strikes")
class StrikesTest {

    private static final int MORE_THAN_SLOTS = 4 * Slots.STANDARD.count();

    private final Strikes strikes = new Strikes(Slots.STANDARD);

    private void strikeMany(Selector.Kind kind) {
        strikes.strike(
                Purge.Mode.VALIDATE,
                IntStream.range(0, MORE_THAN_SLOTS)
                        .mapToObj(i -> new Selector(kind, "http://host/form/" + i))
                        .toList(),
                1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Selector.Kind.class,
            names = {"URL", "PATH", "TAG"})
    @DisplayName("does not strike what all pages share, however many pages or tags are struck")
    void shared(Selector.Kind kind) {
        strikeMany(kind);

        Set<Selector> ofAllPages =
                Set.of(Selector.ALL, new Selector(Selector.Kind.HOST, "host"), new Selector(Selector.Kind.PREFIX, "/"));
        assertThat(strikes.last(Purge.Mode.VALIDATE, ofAllPages)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Selector.Kind.class,
            names = {"PATH", "TAG"})
    @DisplayName("does not strike paths or tags, however many URLs are written to")
    void writes(Selector.Kind kind) {
        strikeMany(Selector.Kind.URL);

        assertThat(strikes.last(Purge.Mode.VALIDATE, Set.of(new Selector(kind, "posts"))))
                .isZero();
    }
}
