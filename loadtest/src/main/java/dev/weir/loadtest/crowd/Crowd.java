package dev.weir.loadtest.crowd;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.netty.resources.LoopResources;

/**
 * Many clients on <em>one</em> event loop, each with a connection of its own: they are connected first and then ask the
 * same question in one go. One loop, because the machine's other cores are the server's, and because times taken by one
 * thread have an order. Of the fields, only that thread touches {@code callers} once they are connected.
 */
public final class Crowd implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 256; // less than any server's backlog
    private static final int READ_BYTES =
            20 * 1024; // a head and a body in one read, and no more: many may lie unread at a time
    private static final Duration CONNECT_BOUND = Duration.ofSeconds(60);
    private static final Duration LOOP_BOUND = Duration.ofSeconds(60); // for what only needs a turn of the loop

    private final LoopResources resources = LoopResources.create("crowd", 1, true);
    private final EventLoopGroup loop = resources.onClient(true);
    private final List<Caller> callers = new ArrayList<>();
    private volatile Round round = new Round(0, new CompletableFuture<>());

    /** Connects the first client to the first door, the second to the second, and so on round; blocks until all stand. */
    public Crowd(List<InetSocketAddress> doors, int clients) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(resources.onChannelClass(SocketChannel.class, loop))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_BOUND.toMillis())
                // Closed by a reset: ten thousand ports need not wait before they are used again.
                .option(ChannelOption.SO_LINGER, 0)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        callers.add(new Caller(channel, () -> round.oneIsDone()));
                    }
                });
        try {
            for (int first = 0; first < clients; first += CONNECTING_AT_ONCE) {
                connect(bootstrap, doors, first, Math.min(clients, first + CONNECTING_AT_ONCE));
            }
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private static void connect(Bootstrap bootstrap, List<InetSocketAddress> doors, int from, int to) {
        List<ChannelFuture> connecting = new ArrayList<>();
        for (int client = from; client < to; client++) {
            connecting.add(bootstrap.connect(doors.get(client % doors.size())));
        }
        for (ChannelFuture one : connecting) {
            one.syncUninterruptibly(); // bounded by the connect timeout
        }
    }

    /**
     * What came of one question.
     *
     * @param askedAt when the first client asked, by {@link System#nanoTime()}
     * @param releasedNanos how long after it the last one did
     * @param sightings one for each client
     */
    public record Outcome(long askedAt, long releasedNanos, List<Sighting> sightings) {
        public Outcome {
            sightings = List.copyOf(sightings);
        }
    }

    /** All ask at once. Returns when all have a whole answer or a failure, or when the time is over; blocks. */
    public Outcome ask(Question question, Duration bound) {
        Round asking = new Round(callers.size(), new CompletableFuture<>());
        round = asking;
        CompletableFuture<long[]> release = new CompletableFuture<>();
        loop.execute(() -> release.complete(release(question)));
        long[] fromTo = await(release, LOOP_BOUND);
        await(asking.over.completeOnTimeout(true, bound.toMillis(), TimeUnit.MILLISECONDS), bound.plus(LOOP_BOUND));
        CompletableFuture<List<Sighting>> sightings = new CompletableFuture<>();
        loop.execute(
                () -> sightings.complete(callers.stream().map(Caller::sighting).toList()));
        return new Outcome(fromTo[0], fromTo[1] - fromTo[0], await(sightings, LOOP_BOUND));
    }

    private long[] release(Question question) {
        byte[] request = question.request();
        long from = System.nanoTime();
        for (Caller caller : callers) {
            caller.ask(Unpooled.wrappedBuffer(request), new BodyCheck(question.body(), question.serialSize()));
        }
        return new long[] {from, System.nanoTime()};
    }

    private static <T> T await(CompletableFuture<T> future, Duration bound) {
        try {
            return future.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("the crowd's event loop does not get on: " + failed, failed);
        }
    }

    @Override
    public void close() {
        loop.execute(() -> callers.forEach(Caller::close));
        resources.disposeLater(Duration.ZERO, CONNECT_BOUND).block(CONNECT_BOUND); // on the command's own thread
    }

    /** One question's count of those who are still without an answer; on the loop. */
    private static final class Round {
        private final CompletableFuture<Boolean> over;
        private int awaited;

        Round(int awaited, CompletableFuture<Boolean> over) {
            this.awaited = awaited;
            this.over = over;
        }

        void oneIsDone() {
            if (--awaited == 0) {
                over.complete(true);
            }
        }
    }
}
