package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.HeldOrigin.Exchange;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets a cookie that comes with a response for which many wait: {@code set-cookie} in a route's rules. */
@Timeout(60)
class StrippedCookieIT {

    private final HeldOrigin origin = new HeldOrigin();

    @AfterEach
    void stop() throws IOException {
        origin.close();
    }

    private GatewayUnderTest gateway(String setCookie) {
        return GatewayUnderTest.start("""
                origins:
                  site: { urls: ["%s"], response-timeout: 30s }
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                    cache: { set-cookie: %s }
                """.formatted(origin.url(), setCookie));
    }

    private static List<String> cookies(HttpResponse<String> reply) {
        assertThat(reply.body()).isEqualTo("a page");
        return Stream.of("set-cookie", "set-cookie2")
                .flatMap(name -> reply.headers().allValues(name).stream())
                .toList();
    }

    /** What three get who want the same at once; in front the one whose request went to the origin. */
    private List<List<String>> cookiesOfThree(GatewayUnderTest gateway) {
        CompletableFuture<HttpResponse<String>> first = gateway.getAsync("/");
        Exchange exchange = origin.next();
        CompletableFuture<HttpResponse<String>> second = gateway.getAsync("/");
        CompletableFuture<HttpResponse<String>> third = gateway.getAsync("/");
        MeterRegistry meters = gateway.bean(MeterRegistry.class);
        Eventually.get(() -> (int) meters.get("weir.flights.members").gauge().value(), members -> members == 3);

        exchange.answer("a page", "Cache-Control: public, max-age=60", "Set-Cookie: id=1", "Set-Cookie2: id=2");

        return Stream.of(first, second, third)
                .map(asked -> cookies(asked.orTimeout(20, TimeUnit.SECONDS).join()))
                .toList();
    }

    @Test
    void whatIsStoredWithoutItsCookieGoesWithoutItToThoseWhoWaitToo() {
        try (GatewayUnderTest gateway = gateway("strip")) {
            assertThat(cookiesOfThree(gateway)).containsExactly(List.of("id=1", "id=2"), List.of(), List.of());

            HttpResponse<String> stored = gateway.get("/");
            assertThat(status(stored)).startsWith("weir; hit");
            assertThat(cookies(stored)).isEmpty();
        }
    }

    @Test
    void aCookieThatIsTheSameForAllGoesToAll() {
        try (GatewayUnderTest gateway = gateway("store")) {
            List<String> both = List.of("id=1", "id=2");
            assertThat(cookiesOfThree(gateway)).containsExactly(both, both, both);

            assertThat(cookies(gateway.get("/"))).containsExactlyElementsOf(both);
        }
    }
}
