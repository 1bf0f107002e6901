package dev.weir.gateway.redis;

import dev.weir.gateway.purge.Generations;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.PipelinedRedisFuture;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The log of production, with a {@link Wire} where Lettuce's connection would be. */
public final class WiredLog {

    private static final byte[] SYNC = ScriptFile.read("sync.lua");
    private static final byte[] RECORD = ScriptFile.read("record.lua");
    private static final byte[] FORGET = ScriptFile.read("forget.lua");

    private WiredLog() {}

    /**
     * A log that is followed on that thread.
     *
     * @param connect makes a connection; never fails, but may take as long as Redis is away
     */
    public static RedisPurgeLog of(
            RedisSettings settings,
            Generations generations,
            Replica replica,
            Supplier<CompletionStage<Wire>> connect,
            Footing footing) {
        Supplier<CompletionStage<StatefulRedisConnection<byte[], byte[]>>> commands =
                () -> connect.get().thenApply(WiredLog::connection);
        Supplier<CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>>> channels =
                () -> connect.get().thenApply(WiredLog::channels);
        RedisPurgeLog.Links links = new RedisPurgeLog.Links(
                new Link<>(
                        "log", commands, footing.timer(), settings.connecting().maxBackoff()),
                new Link<>(
                        "channels",
                        channels,
                        footing.timer(),
                        settings.connecting().maxBackoff()));
        return new RedisPurgeLog(
                settings, links, generations, replica, new LogThread(footing.executor(), footing.nanoTime()));
    }

    /**
     * What the log runs on.
     *
     * @param timer on which connections are made
     */
    public record Footing(ScheduledExecutorService executor, ScheduledExecutorService timer, LongSupplier nanoTime) {}

    @SuppressWarnings("unchecked") // proxies of these interfaces
    private static StatefulRedisConnection<byte[], byte[]> connection(Wire wire) {
        RedisAsyncCommands<byte[], byte[]> commands = (RedisAsyncCommands<byte[], byte[]>) made(
                RedisAsyncCommands.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "eval" -> evaluate(wire, arguments);
                    case "hdel" -> call(wire, Wire.Command.HDEL, List.of((byte[]) arguments[0]), arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (StatefulRedisConnection<byte[], byte[]>)
                made(StatefulRedisConnection.class, (proxy, method, arguments) -> of(wire, commands, method.getName()));
    }

    @SuppressWarnings("unchecked") // proxies of these interfaces
    private static StatefulRedisPubSubConnection<byte[], byte[]> channels(Wire wire) {
        RedisPubSubAsyncCommands<byte[], byte[]> commands = (RedisPubSubAsyncCommands<byte[], byte[]>) made(
                RedisPubSubAsyncCommands.class,
                (proxy, method, arguments) -> new PipelinedRedisFuture<>(CompletableFuture.completedFuture(null)));
        return (StatefulRedisPubSubConnection<byte[], byte[]>) made(
                StatefulRedisPubSubConnection.class, (proxy, method, arguments) -> {
                    if (method.getName().equals("addListener")) {
                        RedisPubSubListener<byte[], byte[]> listener =
                                (RedisPubSubListener<byte[], byte[]>) Objects.requireNonNull(arguments[0]);
                        wire.listen(channel -> listener.message(channel.getBytes(StandardCharsets.UTF_8), new byte[0]));
                        return null;
                    }
                    return of(wire, commands, method.getName());
                });
    }

    private static @Nullable Object of(Wire wire, Object commands, String method) {
        return switch (method) {
            case "isOpen" -> wire.isOpen();
            case "async" -> commands;
            case "closeAsync" -> {
                wire.close();
                yield CompletableFuture.completedFuture(null);
            }
            case "hashCode" -> System.identityHashCode(wire);
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private static RedisFuture<Object> evaluate(Wire wire, Object[] arguments) {
        byte[] script = (byte[]) arguments[0];
        Wire.Command command = Arrays.equals(script, SYNC)
                ? Wire.Command.SYNC
                : Arrays.equals(script, RECORD) ? Wire.Command.RECORD : Wire.Command.FORGET;
        if (command == Wire.Command.FORGET && !Arrays.equals(script, FORGET)) {
            throw new UnsupportedOperationException(new String(script, StandardCharsets.UTF_8));
        }
        return call(wire, command, Arrays.asList((byte[][]) arguments[2]), arguments[3]);
    }

    private static RedisFuture<Object> call(Wire wire, Wire.Command command, List<byte[]> keys, Object arguments) {
        return new PipelinedRedisFuture<>(wire.call(command, keys, Arrays.asList((byte[][]) arguments)));
    }

    private static Object made(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
