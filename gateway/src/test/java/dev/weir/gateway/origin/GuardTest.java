package dev.weir.gateway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Whatever becomes of an exchange, there is an end to it. */
class GuardTest {

    private static final OriginSettings.Timeouts EACH =
            new OriginSettings.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60));

    private static Mono<OriginResponse> never(Duration upload) {
        return new Guard("blog", Breakers.of("blog"), EACH).around(Mono.never(), upload);
    }

    @Test
    void anExchangeWhoseHeadWasLostFailsAfterTwiceThePoolTheConnectAndTheResponse() {
        StepVerifier.withVirtualTime(() -> never(Duration.ZERO))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(41))
                .thenAwait(Duration.ofSeconds(1))
                .expectErrorSatisfies(thrown ->
                        assertThat(((OriginFailure) thrown).kind()).isEqualTo(OriginFailure.Kind.RESPONSE_TIMEOUT))
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void anUploadHasItsOwnTimeBeside() {
        StepVerifier.withVirtualTime(() -> never(Duration.ofSeconds(30)))
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(71))
                .thenAwait(Duration.ofSeconds(1))
                .expectError(OriginFailure.class)
                .verify(Duration.ofSeconds(10));
    }
}
