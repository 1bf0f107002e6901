package dev.weir.gateway.fault;

import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One gateway among several, asked as through one balancer: under the same name as the others. */
record Replica(GatewayUnderTest gateway) implements AutoCloseable {

    /** Head and body as they came. */
    String reply(String path, String... fields) {
        return replyFrom(gateway.port(), path, fields);
    }

    static String replyFrom(int port, String path, String... fields) {
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: site.example\r\nConnection: close");
        for (String field : fields) {
            head.append("\r\n").append(field);
        }
        try (RawHttp http = new RawHttp(port)) {
            return http.send(head + "\r\n\r\n").readToEnd();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static String body(String reply) {
        return reply.substring(reply.indexOf("\r\n\r\n") + 4);
    }

    /** The edition that a client gets. */
    String asked(String path) {
        return body(reply(path));
    }

    CompletableFuture<String> asking(String path) {
        return CompletableFuture.supplyAsync(() -> asked(path)).orTimeout(30, TimeUnit.SECONDS);
    }

    HttpResponse<String> purge(String id, String mode, String wait, String... paths) {
        String tags =
                Stream.of(paths).map(path -> '"' + Editions.tag(path) + '"').collect(Collectors.joining(", "));
        return gateway.manage(
                "POST",
                "/purge?wait=" + wait,
                "{\"id\": \"%s\", \"tags\": [%s], \"mode\": \"%s\"}".formatted(id, tags, mode));
    }

    boolean stands() {
        return log().standing().holdsAt(System.nanoTime());
    }

    /** Whether it has read that replica's row. */
    boolean knows(String replica) {
        return gateway.manage("GET", "/replicas", null).body().contains('"' + replica + '/');
    }

    PurgeLog log() {
        return gateway.bean(PurgeLog.class);
    }

    void awaitStanding() {
        Eventually.isTrue(this::stands);
    }

    void awaitNoStanding() {
        Eventually.isTrue(() -> !stands());
    }

    /** What this replica knows of a page in both tiers, for people. */
    String explained(String path) {
        return gateway.manage("GET", "/explain?url=http://site.example" + path, null)
                .body();
    }

    boolean seesInRedis(String path) {
        return explained(path).contains("\"redis\" : [ {");
    }

    @Override
    public void close() {
        gateway.close();
    }
}
