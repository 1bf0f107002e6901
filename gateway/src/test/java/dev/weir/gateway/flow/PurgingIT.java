package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.OriginAndGateway;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.ScriptedOrigin;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Purges as an origin or an operator sends them, to a gateway that runs alone. */
@ExtendWith(OriginAndGateway.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurgingIT {

    private final ScriptedOrigin origin;
    private final GatewayUnderTest gateway;

    PurgingIT(ScriptedOrigin origin, GatewayUnderTest gateway) {
        this.origin = origin;
        this.gateway = gateway;
    }

    /** A page that says which version it is, with a tag and a strong validator. */
    private void counted(String path, String cacheControl) {
        origin.on(path, (request, response) -> {
            String version = "v" + origin.count(path);
            String tag = path.substring(1).replace('/', '-');
            return ScriptedOrigin.text(
                    response,
                    version,
                    "Cache-Control",
                    cacheControl,
                    "ETag",
                    '"' + version + '"',
                    "Surrogate-Key",
                    tag);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    url    | "urls": ["http://HOST/s/url?q=1"]
                    path   | "urls": ["/s/path"]
                    tag    | "tags": ["s-tag"]
                    prefix | "prefixes": ["/s/prefix/"]
                    host   | "hosts": ["HOST"]
                    name   | "hosts": ["127.0.0.1"]
                    all    | "all": true
                    """)
    void eachSelectorStrikesWhatItNames(String name, String selector) {
        String path = name.equals("prefix") ? "/s/prefix/page" : "/s/" + name;
        String asked = name.equals("url") ? path + "?q=1" : path;
        counted(path, "public, max-age=600");
        assertThat(gateway.get(asked).body()).isEqualTo("v1");
        assertThat(gateway.get(asked).body()).isEqualTo("v1");

        HttpResponse<String> answer =
                gateway.purge("{" + selector.replace("HOST", "127.0.0.1:" + gateway.port()) + "}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).containsPattern("\"result\" *: *\"applied\"");
        assertThat(gateway.get(asked).body()).isEqualTo("v2");
        assertThat(status(gateway.get(asked))).startsWith("weir; hit");
    }

    @Test
    void whatIsNotNamedStays() {
        counted("/kept", "public, max-age=600");
        gateway.get("/kept");

        gateway.purge("{\"tags\": [\"other\"], \"urls\": [\"/kep\", \"/kept/\"], \"prefixes\": [\"/kept/\"]}");

        assertThat(gateway.get("/kept").body()).isEqualTo("v1");
    }

    @Test
    void aValidatePurgeLetsTheOriginConfirm() {
        origin.on(
                "/confirmed",
                (request, response) -> "\"same\""
                                .equals(request.requestHeaders().get("If-None-Match"))
                        ? response.status(304).header("ETag", "\"same\"").send()
                        : ScriptedOrigin.text(
                                response,
                                "body",
                                "Cache-Control",
                                "public, max-age=600",
                                "ETag",
                                "\"same\"",
                                "Surrogate-Key",
                                "c"));
        gateway.get("/confirmed");

        gateway.purge("{\"tags\": [\"c\"]}");
        HttpResponse<String> confirmed = gateway.get("/confirmed");

        assertThat(confirmed.body()).isEqualTo("body");
        assertThat(status(confirmed)).contains("fwd=stale", "fwd-status=304");
        assertThat(status(gateway.get("/confirmed"))).startsWith("weir; hit");
        assertThat(origin.count("/confirmed")).isEqualTo(2);
    }

    @Test
    void aHardPurgeLeavesNothingToValidateWith() {
        counted("/hard", "public, max-age=600");
        gateway.get("/hard");

        gateway.purge("{\"tags\": [\"hard\"], \"mode\": \"hard\"}");
        HttpResponse<String> after = gateway.get("/hard");

        assertThat(after.body()).isEqualTo("v2");
        assertThat(status(after)).contains("fwd=uri-miss");
        assertThat(origin.requests("/hard").get(1)).doesNotContainKey("if-none-match");
    }

    @Test
    void aSoftPurgeMakesStaleAndTheStaleRulesApply() {
        counted("/soft", "public, max-age=600, stale-while-revalidate=600");
        gateway.get("/soft");

        gateway.purge("{\"tags\": [\"soft\"], \"mode\": \"soft\"}");

        assertThat(gateway.get("/soft").body()).isEqualTo("v1"); // stale, while it is being refreshed
        Eventually.get(() -> gateway.get("/soft").body(), "v2"::equals);
    }

    @Test
    void anIdOfAnotherPurgeIsRefused() {
        assertThat(gateway.purge("{\"id\": \"mine\", \"tags\": [\"a\", \"b\"]}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.purge("{\"id\": \"mine\", \"tags\": [\"b\", \"a\"]}").statusCode())
                .isEqualTo(200);

        HttpResponse<String> other = gateway.purge("{\"id\": \"mine\", \"tags\": [\"c\"]}");

        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("mine");
        assertThat(gateway.purge("{\"id\": \"a\\nb\", \"tags\": [\"c\"]}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aPurgeNamesWhatRequestsName() {
        counted("/café", "public, max-age=600");
        assertThat(gateway.get("/caf%C3%A9").body()).isEqualTo("v1");

        assertThat(gateway.purge("{\"urls\": [\"/caf\u00e9\"]}").statusCode()).isEqualTo(200);

        assertThat(gateway.get("/caf%C3%A9").body()).isEqualTo("v2");
        assertThat(gateway.purge("{\"hosts\": [\"127.0.0.1:80\"]}").statusCode())
                .isEqualTo(200);
        for (String wrong : new String[] {"b\u00fccher.example", "a.test/x", "u@a.test"}) {
            assertThat(gateway.purge("{\"hosts\": [\"" + wrong + "\"]}").statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void theSameIdStrikesOnce() {
        counted("/once", "public, max-age=600");
        gateway.get("/once");
        String purge = "{\"id\": \"once-1\", \"tags\": [\"once\"]}";
        gateway.purge(purge);
        assertThat(gateway.get("/once").body()).isEqualTo("v2");

        assertThat(gateway.purge(purge).statusCode()).isEqualTo(200);

        assertThat(gateway.get("/once").body()).isEqualTo("v2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"tagz": ["a"]}                      | tagz
                    {}                                   | At least one
                    {"tags": "a"}                        | tags
                    {"tags": [1]}                        | tags[0]
                    {"urls": ["/ok", "ftp://x/"]}        | urls[1]
                    {"prefixes": ["/no-slash"]}          | prefixes[0]
                    {"all": "yes"}                       | all
                    {"tags": ["a"], "mode": "gentle"}    | mode
                    not json                             | JSON
                    """)
    void aMistakeIsNamedByItsField(String json, String field) {
        HttpResponse<String> answer = gateway.purge(json);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains(field);
    }

    @Test
    void tooManySelectorsAndTooLargeABodyAreRefused() {
        String many = "\"t\",".repeat(10_001);
        assertThat(gateway.purge("{\"tags\": [" + many.substring(0, many.length() - 1) + "]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.purge("{\"reason\": \"" + "x".repeat(9_000_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void withoutTheKeyNothingIsPurged() throws Exception {
        String request = "POST /purge HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n%s\r\n{\"all\":true}";
        for (String field : new String[] {"", "Authorization: Bearer wrong\r\n", "Authorization: test-key\r\n"}) {
            assertThat(RawHttp.exchange(gateway.managementPort(), request.formatted(field)))
                    .startsWith("HTTP/1.1 401");
        }
    }
}
