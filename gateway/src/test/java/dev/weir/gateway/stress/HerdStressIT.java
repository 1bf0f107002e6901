package dev.weir.gateway.stress;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.weir.gateway.testkit.BlockingCalls;
import dev.weir.gateway.testkit.Eventually;
import dev.weir.gateway.testkit.GatewayUnderTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Clients that come, dawdle and leave, pages that change and are purged, an origin that fails, all at random over real
 * sockets: nobody gets what another asked for, what was purged before, or a body that only looks whole; and nothing is left.
 *
 * <p>What each party does follows from the seed; how they interleave does not.
 */
class HerdStressIT {

    private static final long SEED = Long.getLong("weir.stress.seed", 20261121L);
    private static final int PAGES = 400;
    private static final int CLIENTS = 24;
    private static final int REQUESTS = Integer.getInteger("weir.stress.requests", 100);

    /** Herds gather on a few pages at a time, which are cold when their turn comes. */
    private static final int PAGES_AT_A_TIME = 4;

    private final AtomicIntegerArray purgedFor = new AtomicIntegerArray(PAGES);
    private final AtomicInteger turn = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(120)
    void nothingFalseNothingMixedUpNothingLeft() throws Exception {
        ListAppender<ILoggingEvent> leaks = listeningForLeaks();
        var unused = BlockingCalls.taken(); // of tests before
        try (MoodyOrigin origin = new MoodyOrigin(PAGES, SEED);
                GatewayUnderTest gateway = GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""))) {
            run(origin, gateway);

            assertThat(wrong).as("seed %d", SEED).isEmpty();
            for (String level : List.of("weir.flights", "weir.flights.members", "weir.inflight.bytes")) {
                Eventually.get(
                        () -> gateway.bean(MeterRegistry.class)
                                .get(level)
                                .gauge()
                                .value(),
                        value -> value == 0);
            }
        }
        assertThat(BlockingCalls.taken()).isEmpty();
        assertThat(leaks.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    private static ListAppender<ILoggingEvent> listeningForLeaks() {
        ListAppender<ILoggingEvent> leaks = new ListAppender<>();
        leaks.start();
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(leaks);
        return leaks;
    }

    private void run(MoodyOrigin origin, GatewayUnderTest gateway) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean over = new AtomicBoolean();
        try {
            Future<?> purger = threads.submit(() -> purge(origin, gateway, over));
            List<Future<?>> clients = java.util.stream.IntStream.range(0, CLIENTS)
                    .<Future<?>>mapToObj(client -> threads.submit(() -> visit(gateway.port(), client)))
                    .toList();
            for (Future<?> client : clients) {
                client.get(110, TimeUnit.SECONDS);
            }
            over.set(true);
            purger.get(10, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    private int anyPage(Random random) {
        int base = turn.incrementAndGet() / 20;
        return (base + random.nextInt(PAGES_AT_A_TIME)) % PAGES;
    }

    private void visit(int port, int client) {
        Random random = new Random(SEED * 1009 + client);
        Witness witness = new Witness(port, random);
        for (int i = 0; i < REQUESTS; i++) {
            int page = anyPage(random);
            int oldest = purgedFor.get(page);
            try {
                String said = witness.ask(page, oldest);
                if (said != null) {
                    wrong.add(said);
                }
            } catch (IOException broken) {
                wrong.add("page " + page + ": " + broken);
            }
        }
    }

    /** Edits a page and purges it; once that is answered nobody may get an older version. */
    private void purge(MoodyOrigin origin, GatewayUnderTest gateway, AtomicBoolean over) {
        Random random = new Random(SEED);
        while (!over.get()) {
            int page = (turn.get() / 20 + random.nextInt(PAGES_AT_A_TIME)) % PAGES;
            int version = origin.edit(page);
            String mode = random.nextBoolean() ? "hard" : "validate";
            String url = "http://site.example/page/" + page;
            int status = gateway.purge("{\"mode\":\"" + mode + "\",\"urls\":[\"" + url + "\"]}")
                    .statusCode();
            if (status == 200) {
                purgedFor.accumulateAndGet(page, version, Math::max);
            } else {
                wrong.add("purge answered " + status);
            }
        }
    }
}
