package dev.weir.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measurements as a user starts them, with few clients: real gateways, a real Redis, and the peers that are installed.
 * Redis gets the largest budget there is, and the JVMs a round that does not count: past the budget each replica fetches for
 * itself, as it should.
 */
@Timeout(420)
class MeasurementIT {
    private static final String PATIENT = "--setting=redis.budget=1s";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void aHerdOverTwoReplicasReachesTheOriginOnceAndGetsWhatItSent() throws Exception {
        Path json = folder.resolve("result.json");
        Path markdown = folder.resolve("result.md");
        assertThat(run(
                        "herd",
                        "--replicas=2",
                        "--clients=50",
                        "--private-clients=20",
                        "--rounds=1",
                        "--warm-ups=1",
                        "--json=" + json,
                        "--markdown=" + markdown,
                        PATIENT))
                .as(said())
                .isZero();

        JsonNode contest = new JsonMapper().readTree(Files.readString(json)).path("contest");
        List<String> names = new ArrayList<>();
        contest.path("entrants")
                .forEach(entrant -> names.add(entrant.path("name").asString()));
        contest.path("absent").forEach(name -> names.add(name.asString()));
        assertThat(names).hasSize(3).contains("nginx", "Varnish");
        int weirs = 0;
        for (JsonNode round : contest.path("rounds")) {
            if (round.path("of").path("cache").asString().equals("weir")) {
                assertKeptPromises(round);
                weirs++;
            }
        }
        assertThat(weirs).as("scenes").isEqualTo(3);
        assertThat(Files.readString(markdown)).contains("| Weir × 2 (redis.budget=1s) | 1 |");
    }

    private static void assertKeptPromises(JsonNode round) {
        boolean shareable = !round.path("of").path("scene").asString().equals("PRIVATE");
        assertThat(round.path("atOrigin").path("requests").asInt())
                .as("origin requests: " + round)
                .isEqualTo(shareable ? 1 : 20);
        assertThat(round.path("answers").path("good").asInt()).isEqualTo(shareable ? 50 : 20);
        assertThat(round.path("answers").path("strangers").asInt(-1)).isZero();
        assertThat(round.path("memory").path("heaps"))
                .hasSize(2)
                .allSatisfy(heap -> assertThat(heap.asLong()).isPositive());
    }

    @Test
    void aSpreadIsMeasuredAgainstBareWriting() {
        assertThat(run("spread", "--rounds=1", "--warm-ups=0", PATIENT))
                .as(said())
                .isZero();

        assertThat(out.toString(UTF_8)).contains("half of 50 behind the leader", "first to p99 of 1,000");
    }

    private int run(String... words) {
        return LoadTest.run(List.of(words), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String said() {
        return out.toString(UTF_8) + err.toString(UTF_8);
    }
}
