package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.route.Route;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

@DisplayName("What goes to the origin")
class UpstreamTest {

    private static final Route ROUTE = Route.toOrigin("site", "/**", "site");

    private static Inbound asking(String authority, String path, @Nullable String query, String... fields) {
        Request request = new Request("GET", "http", authority, path, query, Headers.of(fields));
        return new Inbound(request, Flux.empty(), "192.0.2.1", Runnable::run, interim -> {});
    }

    private static Request whole(Inbound in) {
        return Upstream.whole(in, ROUTE, CacheKey.of(in.request()));
    }

    @Test
    @DisplayName("follows from the key: spellings that share a key are one request to the origin")
    void spellingsOfOneKeyAreOneRequest() {
        Random random = new Random(20261121);
        Map<CacheKey, Request> first = new HashMap<>();
        int shared = 0;
        for (int i = 0; i < 20_000; i++) {
            Inbound in = asking(
                    spelling(random, "a.example") + pick(random, "", ":80", ":"),
                    "/" + encoded(random, "caf"),
                    encoded(random, "page") + "=" + encoded(random, "2"));
            Request upstream = whole(in);
            Request other = first.putIfAbsent(CacheKey.of(in.request()), upstream);
            if (other != null) {
                shared++;
                assertThat(upstream).isEqualTo(other);
            }
        }
        assertThat(shared).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host",
                "X-Forwarded-Uri",
                "x-original-url",
                "X-Rewrite-URL",
                "X_Forwarded_Host",
                "X-HTTP-Method-Override",
                "True-Client-IP",
                "Forwarded"
            })
    @DisplayName("has no field by which a client could change the answer beside the key")
    void unkeyedFieldsAreLeftOut(String name) {
        Request upstream = whole(asking("a.example", "/", null, name, "evil"));

        assertThat(upstream.headers().all(name)).doesNotContain("evil");
    }

    @Test
    @DisplayName("carries the origin's own tags in conditions, not the ones of Weir's codings")
    void conditionsCarryTheOriginsTags() {
        Inbound in = asking("a.example", "/", null, "If-Match", "\"v1;w-br5\", \"v2\"", "If-Range", "\"v1;w-br5\"");

        Headers fields = Upstream.forwarded(in, ROUTE).headers();

        assertThat(fields.first("If-Match")).isEqualTo("\"v1\", \"v2\"");
        assertThat(fields.first("If-Range")).isEqualTo("\"v1\"");
    }

    private static String pick(Random random, String... from) {
        return from[random.nextInt(from.length)];
    }

    private static String spelling(Random random, String host) {
        StringBuilder spelled = new StringBuilder();
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            spelled.append(random.nextBoolean() ? Character.toUpperCase(c) : c);
        }
        return spelled.toString();
    }

    private static String encoded(Random random, String text) {
        StringBuilder spelled = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            spelled.append(
                    switch (random.nextInt(3)) {
                        case 0 -> "%" + Integer.toHexString(c);
                        case 1 -> "%" + Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
                        default -> String.valueOf(c);
                    });
        }
        return spelled.toString();
    }
}
