package dev.weir.ssr.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ssr.purge.PurgeEmitter;
import dev.weir.ssr.testkit.Origin;
import dev.weir.ssr.testkit.ScriptedGateway;
import dev.weir.ssr.testkit.ScriptedGateway.Received;
import dev.weir.ssr.testkit.Spells;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WritesIT {
    private static final String PATH = "/api/spells/ember-lance";
    private static final String DEAD = "http://127.0.0.1:1";

    private final JsonMapper mapper = JsonMapper.builder().build();

    private static Origin origin(String purgeUrls) {
        return Origin.start("--ssr.isolates=1", "--ssr.purge-urls=" + purgeUrls);
    }

    private HttpResponse<String> put(Origin origin, String path, String name, String key) throws Exception {
        String body = mapper.writeValueAsString(Spells.named(name));
        return origin.send("PUT", path, body, "Authorization", "Bearer " + key, "Content-Type", "application/json");
    }

    private JsonNode next(ScriptedGateway gateway) throws InterruptedException {
        return mapper.readTree(Objects.requireNonNull(gateway.next(), "a purge").body());
    }

    @Test
    @DisplayName("a change is visible, and emitted with its tags under one id until the gateway has applied it")
    void emitted() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(503, 202, 200);
                Origin origin = origin(DEAD + "," + gateway.address())) {
            assertThat(put(origin, PATH, "Ember Spear", Origin.KEY).statusCode())
                    .isEqualTo(200);
            assertThat(origin.get("/spells/ember-lance").body()).contains("<h1>Ember Spear</h1>");

            Received first = Objects.requireNonNull(gateway.next());
            assertThat(first.path()).isEqualTo("/purge");
            assertThat(first.authorization()).isEqualTo("Bearer " + Origin.KEY);
            assertThat(first.contentType()).isEqualTo("application/json");
            JsonNode event = mapper.readTree(first.body());
            assertThat(event.path("mode").stringValue()).isEqualTo("validate");
            assertThat(event.path("id").stringValue()).isNotEmpty();
            assertThat(event.path("reason").stringValue()).contains("ember-lance");
            List<String> tags = new ArrayList<>();
            event.path("tags").forEach(tag -> tags.add(tag.stringValue()));
            assertThat(tags).containsExactlyInAnyOrder("spell:ember-lance", "spell-lists", "school:pyre");

            assertThat(next(gateway)).isEqualTo(event);
            assertThat(next(gateway)).isEqualTo(event);

            put(origin, PATH, "Ember Pike", Origin.KEY);
            assertThat(next(gateway).path("id")).isNotEqualTo(event.path("id"));
            assertThat(gateway.waiting()).isZero();
        }
    }

    @Test
    @DisplayName("while no gateway answers, events wait in order, health tells, and the origin stays ready")
    void waiting() throws Exception {
        try (Origin origin = origin(DEAD)) {
            put(origin, PATH, "Ember Spear", Origin.KEY);
            put(origin, PATH, "Ember Pike", Origin.KEY);

            assertThat(origin.part(PurgeEmitter.class).status().pending()).isEqualTo(2);
            assertThat(origin.get("/actuator/health").body()).contains("\"pending\":2");
            assertThat(origin.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("an event that the gateway will never take does not hold up those behind it")
    void refusedForGood() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(413, 200);
                Origin origin = origin(gateway.address())) {
            put(origin, PATH, "Ember Spear", Origin.KEY);
            JsonNode refused = next(gateway);
            put(origin, PATH, "Ember Pike", Origin.KEY);

            assertThat(next(gateway).path("id")).isNotEqualTo(refused.path("id"));
            assertThat(origin.part(PurgeEmitter.class).status().refused()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", ""})
    @DisplayName("without the key nothing is written and nothing emitted")
    void unauthorised(String key) throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway();
                Origin origin = origin(gateway.address())) {
            HttpResponse<String> response = put(origin, PATH, "Ember Spear", key);

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(origin.get(PATH).body()).contains("Ember Lance");
            assertThat(origin.part(PurgeEmitter.class).status().pending()).isZero();
        }
    }

    @Test
    @DisplayName("what is not a spell is refused, with each wrong field named")
    void invalid() throws Exception {
        try (Origin origin = origin("")) {
            String[] headers = {"Authorization", "Bearer " + Origin.KEY, "Content-Type", "application/json"};

            HttpResponse<String> wrong = origin.send("PUT", PATH, "{\"level\":12}", headers);
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(wrong.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(wrong.body()).contains("\"level\"", "\"school\"", "\"description\"");
            assertThat(origin.send("PUT", PATH, "{", headers).statusCode()).isEqualTo(400);
            assertThat(origin.send("PUT", PATH, "", headers).statusCode()).isEqualTo(400);
            assertThat(origin.send("PUT", PATH, "[" + "1,".repeat(70_000) + "1]", headers)
                            .statusCode())
                    .isEqualTo(413);
            assertThat(origin.send("PUT", PATH, "{}", "Authorization", "Bearer " + Origin.KEY)
                            .statusCode())
                    .isEqualTo(415);
            assertThat(put(origin, "/api/spells/unknown", "X", Origin.KEY).statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("markup in a spell is text, in the HTML and in the embedded data")
    void markup() throws Exception {
        try (Origin origin = origin("")) {
            String attack = "</script><img src=x onerror=alert(1)>\u2028";
            assertThat(put(origin, PATH, attack, Origin.KEY).statusCode()).isEqualTo(200);

            for (String path : Set.of("/spells/ember-lance", "/spells?q=onerror")) {
                assertThat(origin.get(path).body())
                        .doesNotContain("<img", "\u2028")
                        .contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;")
                        .contains("\\u003c/script\\u003e\\u003cimg src=x onerror=alert(1)\\u003e");
            }
        }
    }
}
