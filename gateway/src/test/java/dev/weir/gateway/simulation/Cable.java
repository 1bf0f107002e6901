package dev.weir.gateway.simulation;

import dev.weir.gateway.redis.Wire;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The network between one process and Redis, and the connections over it. */
final class Cable {

    private static final long COMMAND_TIMEOUT = World.SECOND;

    private final World world;
    private final RedisModel redis;
    private final SimulatedThread net;
    private final double deafness;
    private Cut cut = Cut.NONE;
    private long cutUntil;

    /** What becomes of what is sent while it is cut. */
    enum Cut {
        NONE,
        /** All of it arrives when the cut is over. */
        HELD,
        /** Nothing gets there. */
        REQUESTS_LOST,
        /** All gets there, no answer comes back. */
        ANSWERS_LOST,
        ALL_LOST
    }

    /**
     * Whole.
     *
     * @param net the thread of the process that reads from sockets
     * @param deafness how likely a message of pub/sub is lost
     */
    Cable(RedisModel redis, SimulatedThread net, double deafness) {
        this.world = net.process().world();
        this.redis = redis;
        this.net = net;
        this.deafness = deafness;
    }

    void cut(Cut how, long nanos) {
        world.tell(() -> net.process() + ": network to redis " + how.name().toLowerCase(Locale.ROOT) + " for "
                + nanos / World.MILLI + " ms");
        cut = how;
        cutUntil = world.now() + nanos;
        world.in(nanos, () -> {
            if (world.now() >= cutUntil) {
                cut = Cut.NONE;
            }
        });
    }

    boolean isCut() {
        return cut != Cut.NONE;
    }

    /** A connection; as long as there is no way to Redis it is being made. */
    CompletionStage<Wire> connect() {
        CompletableFuture<Wire> made = new CompletableFuture<>();
        tryToConnect(made);
        return made;
    }

    private void tryToConnect(CompletableFuture<Wire> made) {
        world.in(world.between(World.MILLI, 50 * World.MILLI), () -> {
            if (redis.isUp() && !isCut()) {
                net.execute(() -> made.complete(new Connection()));
            } else if (net.process().isAlive()) {
                tryToConnect(made);
            }
        });
    }

    private boolean loses(Cut direction) {
        return cut == direction || cut == Cut.ALL_LOST;
    }

    /** When what is sent now arrives. */
    private long arrival(long earliest) {
        long sent = cut == Cut.HELD ? cutUntil : world.now();
        return Math.max(sent + world.delay(World.MILLI, 200 * World.MILLI), earliest);
    }

    private void at(long time, Runnable action) {
        world.in(time - world.now(), action);
    }

    /** To Redis, for things other than the log. */
    void send(Runnable atRedis) {
        if (net.process().isAlive() && !loses(Cut.REQUESTS_LOST)) {
            at(arrival(0), () -> {
                if (redis.isUp()) {
                    redis.reach(atRedis);
                }
            });
        }
    }

    /** And back. */
    void answer(Runnable atProcess) {
        if (!loses(Cut.ANSWERS_LOST)) {
            at(arrival(0), () -> net.execute(atProcess));
        }
    }

    /** Both directions keep their order, as TCP does. */
    private final class Connection implements Wire {

        private long lastThere;
        private long lastBack;
        private boolean closed;

        @Override
        public boolean isOpen() {
            return !closed && redis.isUp();
        }

        @Override
        public CompletionStage<Object> call(Command command, List<byte[]> keys, List<byte[]> arguments) {
            CompletableFuture<Object> answer = new CompletableFuture<>();
            var unused = net.schedule(
                    () -> answer.completeExceptionally(new IllegalStateException("timed out")),
                    COMMAND_TIMEOUT,
                    TimeUnit.NANOSECONDS);
            net.process().mayBeStopped();
            if (!net.process().isAlive() || loses(Cut.REQUESTS_LOST)) {
                return answer;
            }
            lastThere = arrival(lastThere);
            at(lastThere, () -> {
                if (redis.isUp()) {
                    redis.reach(() -> back(answer, redis.execute(command, keys, arguments)));
                } else {
                    net.execute(() -> answer.completeExceptionally(new IllegalStateException("connection lost")));
                }
            });
            return answer;
        }

        private void back(CompletableFuture<Object> answer, Object value) {
            if (!loses(Cut.ANSWERS_LOST)) {
                lastBack = arrival(lastBack);
                at(
                        lastBack,
                        () -> net.execute(() -> {
                            if (answer.complete(value)) {
                                redis.received(net.process().name(), value);
                            }
                        }));
            }
        }

        @Override
        public void listen(Ear ear) {
            redis.listen(channel -> {
                boolean lost = closed || isCut() || world.happens(deafness);
                if (!lost) {
                    world.in(world.delay(World.MILLI, 20 * World.MILLI), () -> net.execute(() -> ear.hear(channel)));
                }
            });
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
