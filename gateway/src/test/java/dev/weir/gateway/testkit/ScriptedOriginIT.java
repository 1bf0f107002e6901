package dev.weir.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The origin of the tests must not be what a test waits for in vain. */
@Timeout(60)
class ScriptedOriginIT {

    private static final String GET = "GET /%s HTTP/1.1\r\nHost: origin\r\n\r\n";

    @Test
    void anImmediateAnswerBehindALateOneLeavesTheConnectionAlive() throws IOException {
        try (ScriptedOrigin origin = new ScriptedOrigin()
                        .on("/now", "at once")
                        .on(
                                "/late",
                                (request, response) -> Mono.from(ScriptedOrigin.text(response, "a little later"))
                                        .subscribeOn(Schedulers.parallel()));
                RawHttp client = new RawHttp(origin.port())) {
            client.send(GET.formatted("late") + GET.formatted("now"));
            assertThat(client.readUntil("at once")).contains("a little later");

            client.send(GET.formatted("now"));
            assertThat(client.readUntil("at once")).startsWith("HTTP/1.1 200");
        }
    }
}
