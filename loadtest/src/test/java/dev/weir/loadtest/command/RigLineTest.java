package dev.weir.loadtest.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadtest.rig.Fleet;
import dev.weir.loadtest.rig.Scene;
import dev.weir.loadtest.run.ContestPlan;
import dev.weir.loadtest.run.SpreadPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RigLineTest {
    @Test
    void isMeantByReplicasAndBySpread() {
        assertThat(RigLine.isMeantBy(List.of("herd", "--clients", "5", "--replicas=2")))
                .isTrue();
        assertThat(RigLine.isMeantBy(List.of("spread"))).isTrue();
        assertThat(RigLine.isMeantBy(List.of("herd", "--clients", "5"))).isFalse();
        assertThat(RigLine.isMeantBy(List.of())).isFalse();
    }

    @Test
    void readsAHerd() throws UsageException {
        RigOptions options = parse(
                "herd --clients 10000 --private-clients=100 --replicas 3 --rounds=5 --warm-ups 0 "
                        + "--scene page --scene=private --no-peers --timeout 9 --setting redis.budget=50ms --json a --markdown b");

        assertThat(options.spread()).isEmpty();
        assertThat(options.contest())
                .contains(new ContestPlan(
                        new ContestPlan.Sizes(10_000, 100),
                        new ContestPlan.Rounds(5, 0, Duration.ofSeconds(9)),
                        new Fleet(3, List.of("redis.budget=50ms")),
                        false,
                        List.of(Scene.PAGE, Scene.PRIVATE)));
        assertThat(options.files().json()).contains(Path.of("a"));
        assertThat(options.files().markdown()).contains(Path.of("b"));
    }

    @Test
    void hasItsDefaults() throws UsageException {
        assertThat(parse("herd --replicas 1").contest())
                .contains(new ContestPlan(
                        new ContestPlan.Sizes(1_000, 200),
                        new ContestPlan.Rounds(3, 3, Duration.ofSeconds(60)),
                        new Fleet(1, List.of()),
                        true,
                        List.of(Scene.values())));
        assertThat(parse("spread").spread())
                .contains(new SpreadPlan(new Fleet(1, List.of()), 20, 30, Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "herd --replicas 0                      | --replicas takes a number from 1 to 10 (got '0')",
                "herd --replicas                        | --replicas needs a value",
                "browse --replicas 2                    | --replicas goes with herd",
                "--replicas 2                           | --replicas goes with herd",
                "herd --replicas 2 --gateway http://[::1]/ | unknown option '--gateway' for herd with --replicas",
                "herd --replicas 2 --scene opera        | --scene takes page, chunked or private (got 'opera')",
                "herd --replicas 2 --setting --config=x | --setting takes KEY=VALUE",
                "spread --replicas 2                    | unknown option '--replicas' for spread",
                "spread --clients 5                     | unknown option '--clients' for spread",
                "spread --rounds 0                      | --rounds takes a number from 1 to 1000 (got '0')",
            })
    void refusesWithAReason(String words, String reason) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(reason);
    }

    private static RigOptions parse(String words) throws UsageException {
        return RigLine.parse(List.of(words.strip().split(" +")));
    }
}
