package dev.weir.loadtest.stack;

import dev.weir.loadtest.rig.Checkout;
import dev.weir.loadtest.rig.Children;
import dev.weir.loadtest.rig.Eventually;
import dev.weir.loadtest.rig.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Redis, both origins and two gateways with the shipped configuration, each a process on a free port. */
final class Stack implements AutoCloseable {
    static final String ADMIN_KEY = "whole-stack-key";
    private static final Duration START_BOUND = Duration.ofMinutes(4);
    private static final String READINESS = "/actuator/health/readiness";

    private final Children children;
    private final Client client = new Client();
    private final int redisPort = Ports.free();
    private final int blogPort = Ports.free();
    private final int ssrPort = Ports.free();
    private final int[] gatewayPorts = {Ports.free(), Ports.free()};
    private final int[] managementPorts = {Ports.free(), Ports.free()};
    private final Redis redis = new Redis(redisPort);

    private Stack(Path logs) {
        children = new Children(logs);
    }

    static Stack start(Path logs) throws IOException {
        Stack stack = new Stack(logs);
        try {
            stack.startAll();
            return stack;
        } catch (IOException | RuntimeException | Error failed) {
            stack.close();
            throw failed;
        }
    }

    private void startAll() throws IOException {
        startRedis();
        // One after the other: on two cores five starting JVMs take longer than each of them may.
        jar("origin-ssr", "ssr", Map.of(), List.of());
        awaitReady("ssr", ssrPort);
        jar("origin-blog", "blog", Map.of("BLOG_CONTENT", Checkout.root() + "/origin-blog/content"), List.of());
        awaitReady("blog", blogPort);
        for (int replica = 0; replica < gatewayPorts.length; replica++) {
            String name = "replica-" + (replica + 1);
            Map<String, String> own = Map.of(
                    "WEIR_PORT", Integer.toString(gatewayPorts[replica]),
                    "WEIR_MANAGEMENT_PORT", Integer.toString(managementPorts[replica]),
                    "WEIR_REPLICA_ID", name);
            jar("gateway", name, own, List.of("--config=" + Checkout.root().resolve("config")));
        }
        awaitReady("replica-1", managementPorts[0]);
        awaitReady("replica-2", managementPorts[1]);
    }

    private void startRedis() throws IOException {
        List<String> command = List.of(
                Checkout.redisServer().toString(),
                Checkout.root().resolve("config/redis.conf").toString(),
                "--port",
                Integer.toString(redisPort),
                "--dir",
                children.folder().toString());
        children.start("redis", Map.of(), command);
        Eventually.await(START_BOUND, redis::answers, () -> children.logText("redis"));
    }

    private void jar(String module, String name, Map<String, String> own, List<String> arguments) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "WEIR_REDIS_URI", "redis://127.0.0.1:" + redisPort,
                "WEIR_ADMIN_KEY", ADMIN_KEY,
                "WEIR_PURGE_URLS", "http://127.0.0.1:" + managementPorts[0],
                "BLOG_PORT", Integer.toString(blogPort),
                "SSR_PORT", Integer.toString(ssrPort),
                "BLOG_URL", "http://127.0.0.1:" + blogPort,
                "SSR_URL", "http://127.0.0.1:" + ssrPort));
        variables.putAll(own);
        List<String> command = new ArrayList<>(List.of(
                Checkout.java(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Checkout.jar(module).toString()));
        command.addAll(arguments);
        children.start(name, variables, command);
    }

    private void awaitReady(String name, int port) {
        Eventually.await(
                START_BOUND,
                () -> client.isOk(port, READINESS),
                () -> name + " is not ready; its log:\n" + children.logText(name));
    }

    Client client() {
        return client;
    }

    Redis redis() {
        return redis;
    }

    int gateway(int replica) {
        return gatewayPorts[replica];
    }

    int management(int replica) {
        return managementPorts[replica];
    }

    /** How many requests both origins have answered, by their own count. */
    long originRequests() {
        return count(blogPort) + count(ssrPort);
    }

    private long count(int port) {
        var answer = client.get(port, "/actuator/metrics/origin.requests");
        if (answer.statusCode() == 404) {
            return 0; // nothing counted yet
        }
        for (JsonNode measurement : new JsonMapper().readTree(answer.body()).path("measurements")) {
            if (measurement.path("statistic").asString("").equals("COUNT")) {
                return measurement.path("value").asLong();
            }
        }
        throw new AssertionError("no COUNT in " + answer.body());
    }

    @Override
    public void close() {
        children.close();
    }
}
