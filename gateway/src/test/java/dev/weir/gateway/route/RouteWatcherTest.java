package dev.weir.gateway.route;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.gateway.route.Reload.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("the watcher of the routes file")
class RouteWatcherTest {

    /** Longer than any test: what is seen within it was told by an event. */
    private static final Duration NO_POLL = Duration.ofHours(1);

    private static final Duration POLL = Duration.ofMillis(100);

    @TempDir
    private Path directory;

    private Path file;
    private RouteWatcher watcher;
    private final BlockingQueue<Reload> reloads = new LinkedBlockingQueue<>();

    @BeforeEach
    void begin() throws Exception {
        file = directory.resolve("routes.yaml");
        Files.writeString(file, routes("first"));
        open(NO_POLL);
    }

    @AfterEach
    void end() {
        watcher.close();
    }

    private void open(Duration poll) throws InvalidRoutes {
        watcher = RouteWatcher.open(file, Map.of(), poll);
        watcher.addListener(reloads::add);
    }

    private static String routes(String id) {
        return "routes:\n  - { id: " + id + ", match: { path: / }, redirect: { to: /blog/ } }\n";
    }

    private String onDuty() {
        return watcher.current().routes().get(0).id();
    }

    private Reload next() throws InterruptedException {
        Reload reload = reloads.poll(20, TimeUnit.SECONDS);
        assertThat(reload).as("a reload within 20 s").isNotNull();
        return reload;
    }

    private void replace(String text) throws IOException {
        Path next = Files.writeString(directory.resolve(".routes.yaml.swp"), text);
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    @Test
    @DisplayName("puts a changed file on duty and tells the old and the new table")
    void seesAChange() throws Exception {
        Files.writeString(file, routes("second"));

        Reload reload = next();

        assertThat(reload.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(reload.before().routes()).extracting(Route::id).containsExactly("first");
        assertThat(reload.after()).isSameAs(watcher.current());
        assertThat(reload.changes()).hasToString("routes +second -first");
        assertThat(onDuty()).isEqualTo("second");
    }

    @Test
    @DisplayName("sees a file that an editor renamed into place")
    void seesARename() throws Exception {
        replace(routes("second"));

        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(onDuty()).isEqualTo("second");
    }

    @Test
    @DisplayName("keeps the old table when the file becomes wrong, and goes on when it is mended")
    void keepsTheOldTable() throws Exception {
        RouteTable first = watcher.current();
        replace("routes: [nonsense]\n");

        Reload refused = next();
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.problems())
                .extracting(Problem::toString)
                .containsExactly("routes.yaml:1:10: routes[0]: \"nonsense\" (expected: a mapping with id, match and"
                        + " origin or redirect)");
        assertThat(refused.version()).isEqualTo(first.version());
        assertThat(watcher.current()).isSameAs(first);

        replace(routes("mended"));
        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("keeps the old table while the file is gone")
    void keepsTheOldTableWhileTheFileIsGone() throws Exception {
        Files.delete(file);

        assertThat(next().problems()).extracting(Problem::found).containsExactly("not found");
        assertThat(onDuty()).isEqualTo("first");

        Files.writeString(file, routes("back"));
        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(onDuty()).isEqualTo("back");
    }

    @Test
    @DisplayName("does nothing for new comments, and says so when asked")
    void doesNothingForComments() throws Exception {
        RouteTable first = watcher.current();
        Files.writeString(file, "# a comment\n" + routes("first"));

        Reload reload = watcher.reload();

        assertThat(reload.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(watcher.current()).isSameAs(first);
        replace(routes("second"));
        assertThat(next().changes()).hasToString("routes +second -first");
    }

    @Test
    @DisplayName("tells of a refused file once, however often it is asked")
    void tellsOfARefusalOnce() throws Exception {
        watcher.close();
        open(NO_POLL);
        watcher.close();
        Files.writeString(file, "routes: 1");

        assertThat(watcher.reload().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(watcher.reload().problems()).hasSize(1);
        assertThat(reloads).hasSize(1);

        Files.writeString(file, "routes: 2");
        watcher.reload();
        assertThat(reloads).hasSize(2);
    }

    @Test
    @DisplayName("follows fifty quick writes to the last of them, each table after the one before")
    void followsQuickWrites() throws Exception {
        for (int i = 1; i <= 50; i++) {
            Files.writeString(file, routes("r" + i));
            if (i % 5 == 0) {
                assertThat(watcher.reload().outcome()).isNotEqualTo(Outcome.REFUSED);
            }
        }

        RouteTable before = null;
        Reload reload;
        do {
            reload = next();
            assertThat(before == null || before == reload.before()).isTrue();
            assertThat(reload.after().routes())
                    .singleElement()
                    .satisfies(route -> assertThat(route.id()).matches("first|r[0-9]+"));
            before = reload.after();
        } while (!before.routes().get(0).id().equals("r50"));
        assertThat(onDuty()).isEqualTo("r50");
    }

    @Test
    @DisplayName("survives a listener that throws")
    void survivesAListener() throws Exception {
        watcher.close();
        watcher = RouteWatcher.open(file, Map.of(), NO_POLL);
        watcher.addListener(reload -> {
            throw new IllegalStateException("on purpose");
        });
        watcher.addListener(reloads::add);

        replace(routes("second"));
        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
        replace(routes("third"));
        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    @DisplayName("sees a mounted directory whose ..data link is swapped beside it")
    void seesADataLinkSwapped() throws Exception {
        watcher.close();
        Path mount = Files.createDirectory(directory.resolve("mount"));
        version(mount, "..1", "one");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        file = Files.createSymbolicLink(mount.resolve("routes.yaml"), Path.of("..data", "routes.yaml"));
        open(NO_POLL);

        version(mount, "..2", "two");
        swap(mount.resolve("..data"), Path.of("..2"));

        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(onDuty()).isEqualTo("two");
    }

    @Test
    @DisplayName("sees by looking what no event tells: a swapped link above the directory")
    void seesADirectoryLinkSwapped() throws Exception {
        watcher.close();
        version(directory, "v1", "one");
        version(directory, "v2", "two");
        Path link = Files.createSymbolicLink(directory.resolve("config"), Path.of("v1"));
        file = link.resolve("routes.yaml");
        open(POLL);

        swap(link, Path.of("v2"));

        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(onDuty()).isEqualTo("two");
    }

    @Test
    @DisplayName("goes on after its directory was gone and came back")
    void survivesItsDirectory() throws Exception {
        watcher.close();
        version(directory, "v", "one");
        file = directory.resolve("v").resolve("routes.yaml");
        open(POLL);

        Files.delete(file);
        Files.delete(file.resolveSibling(""));
        assertThat(next().outcome()).isEqualTo(Outcome.REFUSED);
        version(directory, "v", "two");
        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
        Files.writeString(file, routes("three"));
        assertThat(next().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(onDuty()).isEqualTo("three");
    }

    @Test
    @DisplayName("does not begin with a wrong file")
    void doesNotBeginWithAWrongFile() throws Exception {
        Files.writeString(file, "routes: {}\nroute: 1\n");

        assertThatExceptionOfType(InvalidRoutes.class)
                .isThrownBy(() -> RouteWatcher.open(file, Map.of()))
                .withMessage("""
                        routes.yaml:1:9: routes: a mapping (expected: a list of routes)
                        routes.yaml:2:1: route: unknown key, did you mean routes? (expected: one of origins, routes)""")
                .satisfies(invalid -> assertThat(invalid.problems()).hasSize(2));
    }

    @Test
    @DisplayName("ends its thread when closed")
    void endsItsThread() throws Exception {
        List<Thread> watching = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("weir-routes"))
                .toList();
        assertThat(watching).isNotEmpty();

        watcher.close();

        for (Thread thread : watching) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThat(onDuty()).isEqualTo("first");
    }

    private static void version(Path parent, String name, String id) throws IOException {
        Path versioned = Files.createDirectory(parent.resolve(name));
        Files.writeString(versioned.resolve("routes.yaml"), routes(id));
    }

    private static void swap(Path link, Path target) throws IOException {
        Path next = Files.createSymbolicLink(link.resolveSibling("next"), target);
        Files.move(next, link, ATOMIC_MOVE, REPLACE_EXISTING);
    }
}
