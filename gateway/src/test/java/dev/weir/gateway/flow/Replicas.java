package dev.weir.gateway.flow;

import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.testkit.RawHttp;
import dev.weir.gateway.testkit.RedisServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Several replicas on one Redis, in front of an origin that answers by hand. A replica waits for another one for a minute,
 * which is longer than any test has patience: who misses the word that it waits for is noticed.
 */
final class Replicas implements AutoCloseable {

    /** Leases that are held; what says that an answer could not be shared is none. */
    private static final String HELD = "EVAL \"local n = 0 for _, k in ipairs(redis.call('KEYS', 'weir:l:*')) do "
            + "if redis.call('GET', k) ~= '-' then n = n + 1 end end return n\" 0";

    private static final String ROUTES = """
            origins:
              site: { urls: ["%s"], response-timeout: 30s }
            routes:
              - id: small
                match: { path: "/small/**" }
                origin: site
                coalesce: { wait: 2m }
                cache: { max-object: 64KiB }
              - id: eager
                match: { path: "/eager/**" }
                origin: site
                coalesce: { wait: 2m, first-byte-budget: 500ms }
              - id: brief
                match: { path: "/brief/**" }
                origin: site
                coalesce: { wait: 2s }
              - id: site
                match: { path: "/**" }
                origin: site
                coalesce: { wait: 2m }
            """;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final RedisServer redis = RedisServer.start();
    private final HeldOrigin origin = new HeldOrigin();
    private final List<GatewayUnderTest> gateways;

    private Replicas(String... names) {
        // A generous budget, since a look-up on a busy machine that takes longer is a miss by design
        gateways = Stream.of(names)
                .map(name -> GatewayUnderTest.start(
                        ROUTES.formatted(origin.url()),
                        "redis.uri=" + redis.uri(),
                        "redis.budget=900ms",
                        "replica.id=" + name))
                .toList();
    }

    static Replicas start(String... names) {
        Replicas replicas = new Replicas(names);
        replicas.gateways.forEach(gateway ->
                Eventually.isTrue(() -> gateway.bean(PurgeLog.class).standing().holdsAt(System.nanoTime())));
        replicas.awaitLeases();
        return replicas;
    }

    /** Until connections and channels are up nobody waits for anybody, by design. */
    private void awaitLeases() {
        int[] attempt = new int[1];
        Eventually.isTrue(() -> {
            String path = "/warm-" + attempt[0]++;
            int asked = origin.count();
            List<CompletableFuture<String>> replies = askAll(path);
            origin.next().answer("warm", "Cache-Control: public, max-age=600");
            while (!CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                    .isDone()) {
                Eventually.isTrue(() -> origin.hasNext() || replies.stream().allMatch(CompletableFuture::isDone));
                if (origin.hasNext()) {
                    origin.next().answer("warm", "Cache-Control: public, max-age=600");
                }
            }
            return origin.count() == asked + 1;
        });
    }

    RedisServer redis() {
        return redis;
    }

    HeldOrigin origin() {
        return origin;
    }

    List<GatewayUnderTest> gateways() {
        return gateways;
    }

    List<CompletableFuture<String>> askAll(String path) {
        return gateways.stream().map(gateway -> ask(gateway, path)).toList();
    }

    CompletableFuture<String> ask(int replica, String path, String... fields) {
        return ask(gateways.get(replica), path, fields);
    }

    private CompletableFuture<String> ask(GatewayUnderTest replica, String path, String... fields) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (RawHttp http = byHand(replica, path, fields)) {
                        return http.readToEnd();
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                },
                clients);
    }

    /** A client that can leave. */
    RawHttp byHand(int replica, String path) throws IOException {
        return byHand(gateways.get(replica), path);
    }

    /** Under one name for all replicas, as behind one balancer. */
    private static RawHttp byHand(GatewayUnderTest replica, String path, String... fields) throws IOException {
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: site.example\r\nConnection: close");
        for (String field : fields) {
            head.append("\r\n").append(field);
        }
        return new RawHttp(replica.port()).send(head + "\r\n\r\n");
    }

    static String reply(CompletableFuture<String> asked) {
        return asked.orTimeout(20, TimeUnit.SECONDS).join();
    }

    double count(String name) {
        return gateways.stream()
                .mapToDouble(each -> each.bean(MeterRegistry.class)
                        .get(name)
                        .functionCounter()
                        .count())
                .sum();
    }

    double waits() {
        return count("weir.coalesce.waits");
    }

    void awaitWaits(double before, int more) {
        Eventually.get(this::waits, now -> now >= before + more);
    }

    /** Until so many share a fetch at each replica. */
    void awaitAboard(int members) {
        gateways.forEach(each -> Eventually.get(
                () -> (int) each.bean(MeterRegistry.class)
                        .get("weir.flights.members")
                        .gauge()
                        .value(),
                value -> value == members));
    }

    /** A lease is renewed for as long as its holder has it, so one that is not given back stays for ever. */
    void awaitNoLeaseHeld() {
        Eventually.get(() -> redis.command(HELD), ":0"::equals);
    }

    @Override
    public void close() throws IOException {
        clients.shutdownNow();
        gateways.forEach(GatewayUnderTest::close);
        origin.close();
        redis.close();
    }
}
