package dev.weir.loadtest.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A plain HTTP/1.1 client that gives both replicas the same Host, as a load balancer in front of them would. */
final class Client {
    static final String HOST = "weir.test";

    static {
        // Read once, when the JDK's client is first used: without it a Host of one's own is refused.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    HttpResponse<String> get(int port, String path, String... headers) {
        return send(request(port, path, headers).build());
    }

    CompletableFuture<HttpResponse<String>> getAsync(int port, String path) {
        return http.sendAsync(request(port, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> purge(int managementPort, String key, String json) {
        return send(HttpRequest.newBuilder(uri(managementPort, "/purge?wait=5s"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Is there a 200? Anything else, also no answer, is a no. */
    boolean isOk(int port, String path) {
        try {
            return get(port, path).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(request.uri() + ": " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static HttpRequest.Builder request(int port, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, path))
                .timeout(Duration.ofSeconds(20))
                .header("Host", HOST);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
