package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.RawOrigin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("an origin")
class OriginGuardIT {

    /** More than the breaker needs to make up its mind. */
    private static final int MANY = 25;

    private static final String PAGE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nup";

    private static GatewayUnderTest inFrontOf(String url, String limits) {
        return GatewayUnderTest.start("""
                origins:
                  site: { urls: ["%s"], connect-timeout: 5s, response-timeout: 10s%s }
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                    coalesce: { enabled: false }
                """.formatted(url, limits));
    }

    /** That answer to each request but those for {@code /page}, and an end of the connection. */
    private static RawOrigin answering(String provoked) {
        return new RawOrigin((head, out) -> {
            boolean page = head.startsWith("GET /page ");
            RawOrigin.write(out, page ? PAGE : provoked);
            return page;
        });
    }

    /** Asks for that many pages, and takes whatever comes of it. */
    private static void provoke(GatewayUnderTest gateway) {
        for (int i = 0; i < MANY; i++) {
            try (RawHttp client = new RawHttp(gateway.port())) {
                client.send("GET /provoked/" + i + " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n")
                        .readToEnd();
            } catch (IOException reset) {
                // a body that broke off ends so
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "too long",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbroken off",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
                "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"
            })
    @DisplayName("that answers some requests badly goes on being asked others")
    void provoked(String answer) throws IOException {
        String head = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n";
        try (RawOrigin origin = answering(answer.equals("too long") ? head : answer);
                GatewayUnderTest gateway = inFrontOf(origin.url(), "")) {
            provoke(gateway);

            assertThat(gateway.get("/page").body()).isEqualTo("up");
        }
    }

    @Test
    @DisplayName("that closes its connections without a word is given a rest")
    void silent() throws IOException {
        try (RawOrigin origin = answering("");
                GatewayUnderTest gateway = inFrontOf(origin.url(), "")) {
            provoke(gateway);

            HttpResponse<String> page = gateway.get("/page");
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-age=60", "no-store"})
    @DisplayName("has no more requests at once than it may, also of those that share nothing")
    void saturated(String wish) throws Exception {
        try (HeldOrigin origin = new HeldOrigin();
                GatewayUnderTest gateway = inFrontOf(origin.url(), ", max-connections: 2, max-pending: 1")) {
            List<CompletableFuture<HttpResponse<String>>> replies = IntStream.range(0, 4)
                    .mapToObj(i -> gateway.getAsync("/own", "Cache-Control", wish))
                    .toList();

            Object first = CompletableFuture.anyOf(replies.toArray(CompletableFuture[]::new))
                    .get(10, TimeUnit.SECONDS);
            HttpResponse<?> refused = (HttpResponse<?>) first;
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            for (int i = 0; i < 3; i++) {
                origin.next().answer("own");
            }
            for (CompletableFuture<HttpResponse<String>> reply : replies) {
                reply.get(10, TimeUnit.SECONDS);
            }
            assertThat(replies)
                    .filteredOn(reply -> reply.join().statusCode() == 200)
                    .hasSize(3);
        }
    }
}
