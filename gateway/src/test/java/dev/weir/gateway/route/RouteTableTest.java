package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.pattern.PathPatternParser;

@DisplayName("the route table")
class RouteTableTest {

    private static final OriginSpec ORIGIN = OriginSpec.of("origin", "http://127.0.0.1:8081");

    private static RouteTable table(Route... routes) {
        return new RouteTable("test", List.of(routes), List.of(ORIGIN));
    }

    private static @Nullable String match(RouteTable table, String authority, String path) {
        Route route = table.match(new Request("GET", "http", authority, path, "q=/blog", Headers.empty()));
        return route == null ? null : route.id();
    }

    private static Route toHost(String id, String host) {
        Match match = new Match(PathPatternParser.defaultInstance.parse("/**"), Optional.of(host));
        Route any = Route.toOrigin(id, "/**", "origin");
        return new Route(id, match, any.action(), any.rewrite(), any.cache(), any.coalescing());
    }

    @ParameterizedTest
    @CsvSource({
        "/blog/**, /blog, true",
        "/blog/**, /blog/, true",
        "/blog/**, /blog/a/b, true",
        "/blog/**, /blog//a, true",
        "/blog/**, /%62log/a, true",
        "/blog/**, /blog;v=1/a, true",
        "/blog/**, /blogs, false",
        "/blog/**, /Blog, false",
        "/blog/**, /a/blog, false",
        "/blog/**, /blog%2Fa, false",
        "/blog, /blog, true",
        "/blog, /blog/, false",
        "/blog/*, /blog/a, true",
        "/blog/*, /blog/a/b, false",
        "/blog/{id}.html, /blog/a.html, true",
        "/a b, /a%20b, true",
        "/, /, true",
        "/, /a, false",
        "/**, /, true",
        "/**, //example.org/, true",
    })
    @DisplayName("compares whole paths, decoded, segment by segment")
    void comparesWholePaths(String pattern, String path, boolean taken) {
        assertThat(match(table(Route.toOrigin("it", pattern, "origin")), "localhost", path))
                .isEqualTo(taken ? "it" : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%", "/a%2", "/%zz/b", "/%2", "/blog/%e"})
    @DisplayName("takes no path whose percent-encoding is broken")
    void takesNoBrokenEncoding(String path) {
        assertThat(match(table(Route.toOrigin("all", "/**", "origin")), "localhost", path))
                .isNull();
    }

    @Test
    @DisplayName("asks the routes in their order")
    void asksInOrder() {
        RouteTable table = table(
                Route.toOrigin("special", "/a/b", "origin"),
                Route.toOrigin("general", "/a/**", "origin"),
                Route.toOrigin("rest", "/**", "origin"));

        assertThat(match(table, "h", "/a/b")).isEqualTo("special");
        assertThat(match(table, "h", "/a/c")).isEqualTo("general");
        assertThat(match(table, "h", "/c")).isEqualTo("rest");
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, host",
        "Example.ORG, host",
        "example.org:8080, host",
        "www.example.org, any",
        "example.org.evil.org, any",
        "[::1]:8080, any",
        "'', any"
    })
    @DisplayName("compares the host without its port and without regard to case")
    void comparesTheHost(String authority, String id) {
        assertThat(match(table(toHost("host", "EXAMPLE.org"), Route.toOrigin("any", "/**", "origin")), authority, "/"))
                .isEqualTo(id);
    }

    @Test
    @DisplayName("has a version that names its meaning and not its source")
    void versionNamesTheMeaning() {
        RouteTable one = table(Route.toOrigin("a", "/a", "origin"), Route.toOrigin("b", "/b", "origin"));

        assertThat(new RouteTable("elsewhere", one.routes(), List.of(ORIGIN)).version())
                .isEqualTo(one.version());
        assertThat(table(Route.toOrigin("b", "/b", "origin"), Route.toOrigin("a", "/a", "origin"))
                        .version())
                .isNotEqualTo(one.version());
        assertThat(new RouteTable("test", one.routes(), List.of(OriginSpec.of("origin", "http://127.0.0.1:1")))
                        .version())
                .isNotEqualTo(one.version());
    }

    @Test
    @DisplayName("can't be made with a route to nowhere, nor changed from outside")
    void isClosed() {
        List<Route> routes = new ArrayList<>(List.of(Route.toOrigin("a", "/a", "origin")));
        RouteTable table = new RouteTable("test", routes, List.of(ORIGIN));
        routes.clear();

        assertThat(table.routes()).hasSize(1);
        assertThat(table.origin("origin")).isEqualTo(ORIGIN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.origin("other"))
                .withMessage("origin: other (expected: one of [origin])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table(Route.toOrigin("a", "/a", "other")))
                .withMessageContaining("origin of route a: other");
    }

    @ParameterizedTest
    @CsvSource({
        "'', /x/a, /x/a",
        "/x, /x, /",
        "/x, /x/, /",
        "/x, /x/a/b, /a/b",
        "/x, /xy/a, /xy/a",
        "/x, /a/x/b, /a/x/b",
        "/x, /x/a%2Fb%20c%c3%a4, /a%2Fb%20c%c3%a4",
        "/x, /%78/a, /a",
        "/x, /x;v=1/a;w=2, /a;w=2",
        "/x, /x//example.org/a, /example.org/a",
        "/x, /x///, /",
        "/x/y, /x/y/z, /z",
        "/x/y, /x, /x",
        "/x/y, /x%2Fy/z, /x%2Fy/z",
        "/x, /x/%zz, /x/%zz",
    })
    @DisplayName("strips a prefix of whole segments and leaves the rest as it was sent")
    void stripsPrefix(String prefix, String path, String expected) {
        assertThat(new Rewrite(prefix).apply(path)).isEqualTo(expected);
    }
}
