package dev.weir.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.gateway.testkit.GatewayUnderTest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each rule that can be seen from outside, seen from outside: rows of exchanges between a client, Weir and an origin. */
@DisplayName("Exchanges")
class ExchangeIT {

    private static final List<RowFile> FILES = RowFile.in(Path.of("src", "test", "resources", "conformance"));

    /** One route for each set of rules that rows need; a row names its route by the first segment of its path. */
    private static final String ROUTES = """
            origins:
              site: { urls: ["%s"], connect-timeout: 500ms, response-timeout: 2s }
            routes:
              - { id: site, match: { path: "/site/**" }, origin: site }
              - { id: ttl, match: { path: "/ttl/**" }, origin: site, cache: { ttl: 1h } }
              - { id: disabled, match: { path: "/disabled/**" }, origin: site, cache: { enabled: false } }
              - { id: small, match: { path: "/small/**" }, origin: site, cache: { max-object: 64B } }
              - { id: strict, match: { path: "/strict/**" }, origin: site, cache: { stale-if-unreachable: 0s } }
              - id: query
                match: { path: "/query/**" }
                origin: site
                cache: { query: { deny: ["utm_*"], sort: true } }
              - id: pages
                match: { path: "/pages/**" }
                origin: site
                cache: { query: { allow: [page] } }
              - id: lenient
                match: { path: "/lenient/**" }
                origin: site
                cache: { cookies: { ignore: [theme] }, set-cookie: strip, stale-while-revalidate: 10m }
              - { id: whole, match: { path: "/whole/**" }, origin: site, cache: { set-cookie: store } }
              - id: deaf
                match: { path: "/deaf/**" }
                origin: site
                cache: { obey-client: false, heuristic: { percent: 0 }, targets: [Own-Cache-Control] }
            """;

    private static RowOrigin origin;
    private static GatewayUnderTest gateway;

    @BeforeAll
    static void start() {
        origin = new RowOrigin();
        gateway = GatewayUnderTest.start(ROUTES.formatted(origin.url()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        origin.close();
    }

    @Test
    @DisplayName("are at least 250, each for a rule of its own")
    void areManyAndDistinct() {
        List<Row> rows = FILES.stream().flatMap(file -> file.rows().stream()).toList();

        assertThat(rows).extracting(Row::id).hasSizeGreaterThanOrEqualTo(250).doesNotHaveDuplicates();
        assertThat(rows).extracting(row -> row.rule() + ' ' + row.title()).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.id()).matches("[a-z0-9-]+");
            assertThat(row.rule()).matches("RFC \\d{4} §[0-9.]+|No-Vary-Search §[0-9.]+|Weir");
            assertThat(row.level()).matches("MUST( NOT)?|SHOULD( NOT)?|MAY|choice");
            assertThat(row.title()).isNotBlank();
            assertThat(row.steps()).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicNode> exchanges() {
        return FILES.stream()
                .map(file -> DynamicContainer.dynamicContainer(
                        file.area(), file.rows().stream().map(ExchangeIT::test)));
    }

    private static DynamicNode test(Row row) {
        String name = row.id() + ": " + row.rule() + ' ' + row.level() + ": " + row.title();
        return DynamicTest.dynamicTest(name, () -> run(row));
    }

    private static void run(Row row) {
        RowRun run = new RowRun(row, origin.lane(row.id()), gateway.port());
        if (row.pending() == null) {
            run.run();
            return;
        }
        // what is not yet so must be seen to fail, or the list of what is missing is not true
        assertThat(catchThrowable(run::run))
                .as("%s passes: remove pending (%s)", row.id(), row.pending())
                .isInstanceOf(AssertionError.class);
    }
}
