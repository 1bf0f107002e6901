package dev.weir.gateway.testkit;

import dev.weir.gateway.edge.EdgeServer;
import dev.weir.gateway.wiring.Weir;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** The whole gateway as its process starts it, on free ports, with a directory of its own for its configuration. */
public final class GatewayUnderTest implements AutoCloseable {

    public static final String ADMIN_KEY = "test-key";

    private final Path directory;
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private GatewayUnderTest(Path directory, ConfigurableApplicationContext context) {
        this.directory = directory;
        this.context = context;
    }

    /**
     * Starts one.
     *
     * @param routes the text of routes.yaml
     * @param settings as {@code redis.uri=redis://…}, without the {@code weir.} in front
     */
    public static GatewayUnderTest start(String routes, String... settings) {
        try {
            Path directory = Files.createTempDirectory("weir-test");
            Files.writeString(directory.resolve("routes.yaml"), routes);
            List<String> args = new ArrayList<>(
                    List.of("--weir.port=0", "--weir.management.port=0", "--weir.admin.key=" + ADMIN_KEY));
            for (String setting : settings) {
                args.add("--weir." + setting);
            }
            return new GatewayUnderTest(directory, Weir.application(directory).run(args.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One route, {@code /**}, to that origin, with the default rules. */
    public static GatewayUnderTest inFrontOf(ScriptedOrigin origin, String... settings) {
        return start(routesTo(origin.url(), ""), settings);
    }

    /**
     * A routes file with one route for everything.
     *
     * @param more further keys of the route, each line indented by four spaces
     */
    public static String routesTo(String originUrl, String more) {
        return """
                origins:
                  site: { urls: ["%s"], connect-timeout: 500ms, response-timeout: 1s }
                routes:
                  - id: site
                    match: { path: "/**" }
                    origin: site
                """.formatted(originUrl) + more;
    }

    public int port() {
        return context.getBean(EdgeServer.class).port();
    }

    public int managementPort() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Waits until it is ready: it has joined the log of purges and has made its first look-ups for itself. */
    public GatewayUnderTest awaitReady() {
        Eventually.isTrue(
                () -> manage("GET", "/actuator/health/readiness", null).statusCode() == 200);
        return this;
    }

    public Path routesFile() {
        return directory.resolve("routes.yaml");
    }

    public HttpResponse<String> get(String path, String... fields) {
        return send("GET", path, null, fields);
    }

    public HttpResponse<String> send(String method, String path, @Nullable String body, String... fields) {
        try {
            return http.send(request(method, path, body, fields), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body as it came, in whatever coding. */
    public HttpResponse<byte[]> bytes(String path, String... fields) {
        try {
            return http.send(request("GET", path, null, fields), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public CompletableFuture<HttpResponse<String>> getAsync(String path, String... fields) {
        return http.sendAsync(request("GET", path, null, fields), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String path, @Nullable String body, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return (fields.length == 0 ? request : request.headers(fields)).build();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** Sends a purge to the management port. */
    public HttpResponse<String> purge(String json) {
        return manage("POST", "/purge", json);
    }

    public HttpResponse<String> manage(String method, String path, @Nullable String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort() + path))
                    .header("Authorization", "Bearer " + ADMIN_KEY)
                    .timeout(Duration.ofSeconds(20))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The member {@code weir} of a response's Cache-Status. */
    public static String status(HttpResponse<?> response) {
        return response.headers().firstValue("Cache-Status").orElse("none");
    }

    @Override
    public void close() {
        context.close();
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
