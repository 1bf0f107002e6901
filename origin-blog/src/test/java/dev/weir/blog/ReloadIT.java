package dev.weir.blog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.blog.page.Snapshot;
import dev.weir.blog.reload.Reloader.Outcome;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadIT {
    @TempDir
    Path folder;

    @Test
    void keepsTheOldSnapshotWholeIfOnePostIsMalformed() throws Exception {
        RunningBlog.write(folder, "one", "One", "Old");
        try (RunningBlog blog = RunningBlog.start(folder)) {
            Snapshot before = blog.reloader().current();
            RunningBlog.write(folder, "one", "One", "New");
            Files.writeString(folder.resolve("two.md"), "---\ntitle: x\n---\n");
            assertThat(blog.reloader().reload()).isEqualTo(Outcome.REFUSED);
            assertThat(blog.reloader().current()).isSameAs(before);
            assertThat(blog.get("/blog/one").body()).contains("Old");
            Files.delete(folder.resolve("two.md"));
            assertThat(blog.reloader().reload()).isEqualTo(Outcome.CHANGED);
            assertThat(blog.get("/blog/one").body()).contains("New");
        }
    }

    @Test
    void becomesEmptyWithItsFolder() throws Exception {
        RunningBlog.write(folder, "one", "One", "Old");
        try (RunningBlog blog = RunningBlog.start(folder)) {
            Files.delete(folder.resolve("one.md"));
            assertThat(blog.reloader().reload()).isEqualTo(Outcome.CHANGED);
            assertThat(blog.get("/blog/one").statusCode()).isEqualTo(404);
            assertThat(blog.get("/blog/").body()).contains("Nothing has been published yet");
        }
    }

    @Test
    void neverFailsARequestNorMixesTwoVersions() throws Exception {
        RunningBlog.write(folder, "one", "Version0", "Version0");
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try (RunningBlog blog = RunningBlog.start(folder)) {
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger requests = new AtomicInteger();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(readers.submit(() -> {
                    while (!done.get()) {
                        HttpResponse<String> page = blog.get("/blog/one");
                        assertThat(page.statusCode()).isEqualTo(200);
                        String version = page.body().replaceAll("(?s).*<h1>(Version\\d+)</h1>.*", "$1");
                        assertThat(page.body()).contains("<p>" + version + "</p>");
                        requests.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (int version = 1; version <= 40; version++) {
                RunningBlog.write(folder, "one", "Version" + version, "Version" + version);
                assertThat(blog.reloader().reload()).isEqualTo(Outcome.CHANGED);
            }
            done.set(true);
            for (Future<?> reader : running) {
                reader.get(20, TimeUnit.SECONDS);
            }
            assertThat(requests).hasPositiveValue();
            assertThat(blog.get("/blog/one").body()).contains("<h1>Version40</h1>");
        } finally {
            readers.shutdownNow();
        }
    }
}
