package dev.weir.gateway.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The connections to one Redis. Reads, writes, the log and its channels have one each: a body of megabytes on its way
 * out must not stand before a look-up, nor a look-up before a heartbeat.
 *
 * <p>Nothing queues while Redis is away and nothing is sent twice: commands are rejected while disconnected, and those
 * that were under way when a connection broke fail instead of being replayed. A replayed SET could bring back what a
 * later one had replaced.
 */
public final class RedisConnections implements AutoCloseable {

    /** Commands sent and not yet answered on one connection, past which further ones are rejected. */
    private static final int REQUEST_QUEUE = 512;

    private final ScheduledExecutorService timer;
    private final ClientResources resources;
    private final RedisClient client;
    private final Link<StatefulRedisConnection<byte[], byte[]>> reads;
    private final Link<StatefulRedisConnection<byte[], byte[]>> writes;
    private final Link<StatefulRedisConnection<byte[], byte[]>> log;
    private final Link<StatefulRedisPubSubConnection<byte[], byte[]>> channels;
    private final Link<StatefulRedisPubSubConnection<byte[], byte[]>> leases;

    /** Connects to nothing yet: whoever uses a connection opens it. */
    public RedisConnections(RedisSettings settings) {
        Duration maxBackoff = settings.connecting().maxBackoff();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "weir-redis-links");
            thread.setDaemon(true);
            return thread;
        });
        this.resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.equalJitter(Duration.ofMillis(20), maxBackoff, 20, TimeUnit.MILLISECONDS))
                .build();
        RedisURI uri = RedisURI.create(settings.uri());
        uri.setTimeout(settings.connecting().timeout());
        uri.setClientName("weir");
        this.client = RedisClient.create(resources, uri);
        client.setOptions(options(settings));
        this.reads = link("reads", uri, maxBackoff);
        this.writes = link("writes", uri, maxBackoff);
        this.log = link("log", uri, maxBackoff);
        this.channels = channel("channels", uri, maxBackoff);
        this.leases = channel("leases", uri, maxBackoff);
    }

    Link<StatefulRedisConnection<byte[], byte[]>> reads() {
        return reads;
    }

    Link<StatefulRedisConnection<byte[], byte[]>> writes() {
        return writes;
    }

    Link<StatefulRedisConnection<byte[], byte[]>> log() {
        return log;
    }

    Link<StatefulRedisPubSubConnection<byte[], byte[]>> channels() {
        return channels;
    }

    Link<StatefulRedisPubSubConnection<byte[], byte[]>> leases() {
        return leases;
    }

    /** Closes all connections; returns without waiting for them. */
    @Override
    public void close() {
        reads.close();
        writes.close();
        log.close();
        channels.close();
        leases.close();
        timer.shutdown();
        var unused = client.shutdownAsync(0, 1, TimeUnit.SECONDS).whenComplete((done, failure) -> {
            var unusedEnd = resources.shutdown();
        });
    }

    private Link<StatefulRedisConnection<byte[], byte[]>> link(String name, RedisURI uri, Duration maxBackoff) {
        return new Link<>(name, () -> client.connectAsync(ByteArrayCodec.INSTANCE, uri), timer, maxBackoff);
    }

    private Link<StatefulRedisPubSubConnection<byte[], byte[]>> channel(
            String name, RedisURI uri, Duration maxBackoff) {
        return new Link<>(name, () -> client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri), timer, maxBackoff);
    }

    private static ClientOptions options(RedisSettings settings) {
        return ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true) // true: not to be replayed
                .requestQueueSize(REQUEST_QUEUE)
                .pingBeforeActivateConnection(true)
                .suspendReconnectOnProtocolFailure(false)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.enabled(settings.connecting().commandTimeout()))
                .socketOptions(socketOptions(settings))
                .build();
    }

    /** A peer that vanished without closing is found out by the kernel in about the time that standing lasts. */
    private static SocketOptions socketOptions(RedisSettings settings) {
        Duration silence = settings.isolation().maxAge().compareTo(Duration.ofSeconds(1)) < 0
                ? Duration.ofSeconds(1)
                : settings.isolation().maxAge();
        return SocketOptions.builder()
                .connectTimeout(settings.connecting().timeout())
                .tcpNoDelay(true)
                .keepAlive(SocketOptions.KeepAliveOptions.builder()
                        .enable()
                        .idle(silence)
                        .interval(Duration.ofSeconds(1))
                        .count(3)
                        .build())
                .tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                        .enable()
                        .tcpUserTimeout(silence)
                        .build())
                .build();
    }
}
