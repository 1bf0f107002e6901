package dev.weir.loadtest.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.loadtest.crowd.Crowd;
import dev.weir.loadtest.crowd.Question;
import dev.weir.loadtest.crowd.Sighting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ScriptedOriginIT {
    private final ScriptedOrigin origin = new ScriptedOrigin();

    @AfterEach
    void close() {
        origin.close();
    }

    @ParameterizedTest
    @EnumSource(Scene.class)
    void playsToManyAtOnceAndCountsThem(Scene scene) {
        Crowd.Outcome outcome = ask(scene, scene.isShareable() ? 0 : ScriptedBody.SERIAL_SIZE);

        assertThat(outcome.sightings()).hasSize(20).allMatch(Sighting::isGood);
        assertThat(outcome.sightings())
                .allSatisfy(sighting -> assertThat(sighting.firstByteAt() - outcome.askedAt())
                        .as("no first byte before its time")
                        .isGreaterThanOrEqualTo(ScriptedOrigin.FIRST_BYTE.toNanos()));
        assertThat(origin.requests(scene.prefix() + "x")).isEqualTo(20);
        assertThat(origin.mostAtOnce(scene.prefix() + "x")).isBetween(1, 20);
        assertThat(origin.requests(scene.prefix() + "y")).isZero();
    }

    @Test
    void noPrivateAnswerIsLikeAnother() {
        Crowd.Outcome outcome = ask(Scene.PRIVATE, ScriptedBody.SERIAL_SIZE);

        assertThat(outcome.sightings().stream().map(sighting -> sighting.body().serial()))
                .doesNotHaveDuplicates();
    }

    private Crowd.Outcome ask(Scene scene, int serialSize) {
        try (Crowd crowd = new Crowd(List.of(Starting.door(origin.port())), 20)) {
            Question question = new Question("origin.test", scene.prefix() + "x", ScriptedBody.numbered(0), serialSize);
            return crowd.ask(question, Duration.ofSeconds(30));
        }
    }
}
