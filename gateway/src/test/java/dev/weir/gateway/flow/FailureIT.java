package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.OriginAndGateway;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What clients see when origins fail. */
@ExtendWith(OriginAndGateway.class)
class FailureIT {

    private final ScriptedOrigin origin;
    private final GatewayUnderTest gateway;

    FailureIT(ScriptedOrigin origin, GatewayUnderTest gateway) {
        this.origin = origin;
        this.gateway = gateway;
    }

    @Test
    void aDeadOriginIsA502InWords() {
        origin.close();

        HttpResponse<String> reply = gateway.get("/page");

        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(reply.body()).contains("site", "refused");
        assertThat(status(reply)).startsWith("weir");
    }

    @Test
    void anOriginThatNeverAnswersIsA504() {
        origin.on("/silent", (request, response) -> Mono.never());

        assertThat(gateway.get("/silent").statusCode()).isEqualTo(504);
    }

    @Test
    void aBlackHoleIsA504() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1)) { // nobody accepts; the backlog takes the connection
            String routes = GatewayUnderTest.routesTo("http://127.0.0.1:" + full.getLocalPort(), "");
            try (GatewayUnderTest lost = GatewayUnderTest.start(routes)) {
                assertThat(lost.get("/page").statusCode()).isEqualTo(504);
            }
        }
    }

    @Test
    void aStoredResponseStandsInWhileTheOriginIsAway() {
        origin.on("/standin", "old", "Cache-Control", "max-age=0", "ETag", "\"v1\"");
        gateway.get("/standin");
        int port = origin.port();
        origin.close();

        HttpResponse<String> whileAway = gateway.get("/standin");

        assertThat(whileAway.statusCode()).isEqualTo(200);
        assertThat(whileAway.body()).isEqualTo("old");
        assertThat(status(whileAway)).contains("detail=stale-on-error");
        try (ScriptedOrigin back = new ScriptedOrigin(port)) {
            back.on("/standin", "new", "Cache-Control", "max-age=0");
            Eventually.isTrue(
                    () -> gateway.get("/standin").body().equals("new")); // the failure is remembered for a moment
        }
    }

    @Test
    void aStoredResponseStandsInForA500ButNotPastMustRevalidate() {
        for (String control : new String[] {"max-age=0", "max-age=0, must-revalidate"}) {
            String path = "/flaky" + control.length();
            origin.on(path, "good", "Cache-Control", control, "ETag", "\"v1\"");
            gateway.get(path);
            origin.on(path, (request, response) -> response.status(500).sendString(Mono.just("broken")));

            HttpResponse<String> reply = gateway.get(path);

            assertThat(reply.body()).isEqualTo(control.contains("must") ? "broken" : "good");
        }
    }

    @Test
    void aBodyCutShortNeverLooksWholeAndIsNeverStored() throws IOException {
        origin.on("/short", (request, response) -> {
            response.header("Content-Length", "100").header("Cache-Control", "public, max-age=60");
            return response.sendString(Mono.just("only this"))
                    .then(Mono.<Void>fromRunnable(() -> response.withConnection(connection -> connection.dispose())));
        });

        try (RawHttp client = new RawHttp(gateway.port())) {
            String reply = client.send("GET /short HTTP/1.1\r\nHost: a\r\n\r\n").readToEnd();
            assertThat(reply).doesNotContain("HTTP/1.1 200 OK\r\n\r\n");
            assertThat(reply.substring(reply.indexOf("\r\n\r\n") + 4).length()).isLessThan(100);
        }
        origin.on("/short", "whole", "Cache-Control", "public, max-age=60");
        HttpResponse<String> next = gateway.get("/short");
        assertThat(next.body()).isEqualTo("whole");
        assertThat(status(next)).contains("fwd=");
    }

    @Test
    void aChunkedBodyCutShortHasNoLastChunk() throws IOException {
        origin.on(
                "/chunks",
                (request, response) -> response.header("Cache-Control", "public, max-age=60")
                        .sendString(Flux.concat(
                                Flux.just("first"), Flux.error(new IllegalStateException("the origin crashes")))));

        try (RawHttp client = new RawHttp(gateway.port())) {
            String reply =
                    client.send("GET /chunks HTTP/1.1\r\nHost: a\r\n\r\n").readToEnd();
            assertThat(reply).doesNotContain("\r\n0\r\n\r\n");
        }
        origin.on("/chunks", "whole", "Cache-Control", "public, max-age=60");
        assertThat(gateway.get("/chunks").body()).isEqualTo("whole");
    }

    @Test
    void afterManyFailuresTheOriginIsLeftAloneForAWhile() {
        origin.close();
        for (int i = 0; i < 25; i++) {
            gateway.get("/down" + i);
        }

        HttpResponse<String> reply = gateway.get("/down");

        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    }
}
