package dev.weir.loadtest.crowd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.loadtest.client.Source;
import dev.weir.loadtest.rig.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The crowd and the bare server against each other, over real sockets. */
@Timeout(60)
class CrowdIT {
    private static final byte[] BODY = "what all of them get".getBytes(US_ASCII);
    private static final Question QUESTION = new Question("crowd.test", "/page", BODY, 0);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final InetSocketAddress door = new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free());

    @Test
    void allAreAnsweredEachTimeTheyAsk() {
        try (BareServer server = server("weir; hit; detail=memory", Duration.ofMillis(1));
                Crowd crowd = new Crowd(List.of(door), 300)) {
            for (int round = 0; round < 3; round++) {
                Crowd.Outcome outcome = crowd.ask(QUESTION, LONG);

                assertThat(outcome.sightings()).hasSize(300).allSatisfy(sighting -> {
                    assertThat(sighting.isGood()).as(sighting.failure()).isTrue();
                    assertThat(sighting.source("weir")).isEqualTo(Source.MEMORY);
                    assertThat(sighting.firstByteAt()).isGreaterThanOrEqualTo(outcome.askedAt());
                    assertThat(sighting.wholeAt()).isGreaterThanOrEqualTo(sighting.firstByteAt());
                });
            }
        }
    }

    @Test
    void aBodyWithOtherBytesIsNotGood() {
        try (BareServer server = server("weir; hit", Duration.ofMillis(1));
                Crowd crowd = new Crowd(List.of(door), 2)) {
            Question other = new Question("crowd.test", "/", "what none of them get".getBytes(US_ASCII), 0);

            assertThat(crowd.ask(other, LONG).sightings()).noneMatch(Sighting::isGood);
        }
    }

    @Test
    void whoIsNotAnsweredInTimeSaysSo() {
        try (BareServer server = server("weir; hit", Duration.ofHours(1));
                Crowd crowd = new Crowd(List.of(door), 5)) {
            assertThat(crowd.ask(QUESTION, Duration.ofMillis(200)).sightings())
                    .hasSize(5)
                    .allSatisfy(sighting -> assertThat(sighting.failure()).contains("within the time limit"));
        }
    }

    @Test
    void whoseServerLeavesSaysSo() {
        BareServer server = server("weir; hit", Duration.ofMillis(1));
        try (Crowd crowd = new Crowd(List.of(door), 5)) {
            assertThat(crowd.ask(QUESTION, LONG).sightings()).allMatch(Sighting::isGood);
            server.close();

            assertThat(crowd.ask(QUESTION, LONG).sightings())
                    .allSatisfy(sighting -> assertThat(sighting.failure()).contains("closed"));
        }
    }

    @Test
    void aDoorThatNobodyOpensIsAnError() {
        assertThatThrownBy(() -> new Crowd(List.of(door), 1)).hasMessageContaining("refused");
    }

    private BareServer server(String cacheStatus, Duration delay) {
        String head =
                "HTTP/1.1 200 OK\r\nContent-Length: " + BODY.length + "\r\nCache-Status: " + cacheStatus + "\r\n\r\n";
        return new BareServer(door, (head + new String(BODY, US_ASCII)).getBytes(US_ASCII), delay);
    }
}
