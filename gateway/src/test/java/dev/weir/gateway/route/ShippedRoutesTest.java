package dev.weir.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheRules;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("the routes file that is shipped")
class ShippedRoutesTest {

    private static final Path FILE = Path.of("..", "config", "routes.yaml");

    private static RouteTable shipped(Map<String, String> environment) {
        RouteFile.Parsed parsed = RouteFile.read(FILE, environment);
        assertThat(parsed.problems()).isEmpty();
        return parsed.table().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/blog, blog",
        "/blog/, blog",
        "/blog/2026/a-post, blog",
        "/blog/assets/site.css, blog",
        "/spells, spells",
        "/spells/fireball, spells",
        "/api/spells, spells-api",
        "/api/spells/7, spells-api",
        "/assets/app.3f2a.js, assets",
        "/, home",
        "/blogs,",
        "/api,",
        "/favicon.ico,"
    })
    @DisplayName("sends each path to its route")
    void sendsEachPathToItsRoute(String path, String id) {
        Request request = new Request("GET", "http", "localhost:8080", path, null, Headers.empty());

        assertThat(Optional.ofNullable(shipped(Map.of()).match(request)).map(Route::id))
                .isEqualTo(Optional.ofNullable(id));
    }

    @Test
    @DisplayName("asks the origins on this machine, or those that the environment names")
    void asksTheOriginsThatTheEnvironmentNames() {
        assertThat(shipped(Map.of()).origin("blog").urls()).containsExactly(URI.create("http://127.0.0.1:8081"));
        assertThat(shipped(Map.of("BLOG_URL", "https://blog.example.org"))
                        .origin("blog")
                        .urls())
                .containsExactly(URI.create("https://blog.example.org"));
    }

    @Test
    @DisplayName("sends the root to the blog")
    void sendsTheRootToTheBlog() {
        assertThat(shipped(Map.of()).routes())
                .filteredOn(route -> route.id().equals("home"))
                .singleElement()
                .extracting(Route::action)
                .isEqualTo(new Action.Redirect(302, "/blog/"));
    }

    @Test
    @DisplayName("is valid with everything that it shows in comments switched on")
    void isValidWithItsCommentsSwitchedOn() throws Exception {
        String text = Files.readString(FILE).replaceAll("(?m)^    # (?=( *[a-z-]+:))", "    ");

        RouteFile.Parsed parsed = RouteFile.parse("routes.yaml", text, Map.of());

        assertThat(parsed.problems()).isEmpty();
        RouteTable table = parsed.table().orElseThrow();
        assertThat(table.origins()).isEqualTo(shipped(Map.of()).origins());
        assertThat(table.routes().get(0).rewrite()).isEqualTo(new Rewrite("/blog"));
        assertThat(table.routes().get(0).cache())
                .as("all but ttl are the defaults")
                .isEqualTo(CacheRules.DEFAULT.withTtl(Duration.ofMinutes(5)));
    }
}
