package dev.weir.loadtest.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ConnectionObserver;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

@Timeout(30)
class VisitorIT {
    private static final int CLIENTS = 50;

    @Test
    void clientsConnectFirstAndAskOnlyOnceTheGateIsOpen() throws Exception {
        CountDownLatch connected = new CountDownLatch(CLIENTS);
        AtomicInteger asked = new AtomicInteger();
        DisposableServer server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .childObserve((connection, state) -> {
                    if (state == ConnectionObserver.State.CONNECTED) {
                        connected.countDown();
                    }
                })
                .handle((request, response) -> {
                    asked.incrementAndGet();
                    return response.sendString(Mono.just("page"));
                })
                .bindNow();
        try (Visitor visitor = new Visitor(CLIENTS, Duration.ofSeconds(10))) {
            Gate gate = new Gate(CLIENTS + 1);
            Errand errand = Errand.to(URI.create("http://127.0.0.1:" + server.port() + "/"), "/page");
            var visits = Flux.range(0, CLIENTS)
                    .flatMap(client -> visitor.visitThrough(gate, errand), CLIENTS)
                    .collectList()
                    .toFuture();

            assertThat(connected.await(10, TimeUnit.SECONDS))
                    .as("all connect while the gate is closed")
                    .isTrue();
            assertThat(asked).hasValue(0);

            gate.arrive();
            List<Visit> done = visits.get(10, TimeUnit.SECONDS);
            assertThat(done).hasSize(CLIENTS).allMatch(Visit::isGood);
            assertThat(asked).hasValue(CLIENTS);
        } finally {
            server.disposeNow();
        }
    }

    @Test
    void whoCannotConnectDoesNotHoldTheOthers() {
        try (Visitor visitor = new Visitor(2, Duration.ofSeconds(10))) {
            Gate gate = new Gate(2);
            Errand nobody = Errand.to(URI.create("http://127.0.0.1:1/"), "/");
            List<Visit> visits = Flux.range(0, 2)
                    .flatMap(client -> visitor.visitThrough(gate, nobody))
                    .collectList()
                    .block(Duration.ofSeconds(20));

            assertThat(visits)
                    .hasSize(2)
                    .noneMatch(Visit::isGood)
                    .allMatch(visit -> !visit.failure().isEmpty());
            assertThat(gate.openedAt()).isNotZero();
        }
    }

    @Test
    void aBodyThatIsCutShortIsAFailure() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Visitor visitor = new Visitor(1, Duration.ofSeconds(10))) {
            URI server = URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
            var visit = visitor.visit(Errand.to(server, "/")).toFuture();
            try (Socket connection = listening.accept()) {
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".getBytes(US_ASCII));
            }

            assertThat(visit.get(20, TimeUnit.SECONDS).answer()).isEmpty();
        }
    }
}
