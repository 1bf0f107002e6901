package dev.weir.blog;

import dev.weir.blog.reload.Reloader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** The origin in this JVM on a free port, with a client. */
final class RunningBlog implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningBlog(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningBlog start(Path content, String... more) {
        List<String> args = new ArrayList<>(List.of("--server.port=0", "--BLOG_CONTENT=" + content));
        args.addAll(List.of(more));
        return new RunningBlog(BlogOrigin.start(args.toArray(String[]::new)));
    }

    Reloader reloader() {
        return context.getBean(Reloader.class);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
    }

    static void write(Path folder, String slug, String title, String body) throws IOException {
        Files.writeString(
                folder.resolve(slug + ".md"),
                "---\ntitle: " + title + "\nslug: " + slug
                        + "\ndate: 2026-01-01\nauthor: A\ndescription: D\ntags: [http]\ncategory: C\n---\n" + body
                        + "\n");
    }
}
