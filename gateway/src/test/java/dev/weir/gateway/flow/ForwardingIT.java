package dev.weir.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.coalesce.Flights;
import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.origin.Origins;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.purge.PurgeLog;
import dev.weir.gateway.purge.Standing;
import dev.weir.gateway.route.Action;
import dev.weir.gateway.route.Route;
import dev.weir.gateway.route.RouteFile;
import dev.weir.gateway.route.RouteTable;
import dev.weir.gateway.store.MemoryTier;
import dev.weir.gateway.store.NoSharedTier;
import dev.weir.gateway.store.ResponseStore;
import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.HeldOrigin;
import dev.weir.gateway.tunnel.Tunnels;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** What is forwarded past the cache, where the log of invalidations is slow. */
class ForwardingIT {

    /** A log that takes an entry and never answers. */
    private static final class SilentLog implements PurgeLog {

        final CountDownLatch asked = new CountDownLatch(1);

        @Override
        public Mono<LogPosition> record(Purge purge) {
            return Mono.<LogPosition>never().doOnSubscribe(subscription -> asked.countDown());
        }

        @Override
        public Mono<List<ReplicaState>> awaitApplied(LogPosition position, Duration atMost) {
            return Mono.never();
        }

        @Override
        public Mono<List<ReplicaState>> replicas() {
            return Mono.never();
        }

        @Override
        public Standing standing() {
            throw new IllegalStateException("not asked for here");
        }
    }

    @Test
    void aClientThatLeavesWhileItsWriteIsLoggedCostsNoConnection() throws Exception {
        SilentLog log = new SilentLog();
        Invalidations invalidations =
                new Invalidations(new Generations(new LogPosition("", 0)), log, Schedulers.parallel());
        LoopResources loops = LoopResources.create("forwarding-it", 1, true);
        Origins origins = new Origins(loops, new Origins.Patience(Duration.ofSeconds(60), Duration.ofSeconds(60)));
        try (HeldOrigin origin = new HeldOrigin()) {
            RouteTable table = RouteFile.parse("routes.yaml", GatewayUnderTest.routesTo(origin.url(), ""), Map.of())
                    .table()
                    .orElseThrow();
            Request request = new Request("POST", "http", "a.test", "/item", null, Headers.empty());
            Route route = Objects.requireNonNull(table.match(request));
            Target target = Target.of(table, route, (Action.ToOrigin) route.action());

            Generations generations = new Generations(new LogPosition("run", 0));
            ResponseStore store = new ResponseStore(new MemoryTier(1000), new NoSharedTier(), generations, log);
            FlowParts parts = new FlowParts(
                    store,
                    generations,
                    invalidations,
                    origins,
                    new Tunnels(1, Duration.ofSeconds(60)),
                    Lease.alone(),
                    new Recompressor(1, 1),
                    Clock.systemUTC(),
                    new FlowParts.Bounds(1000, Duration.ofSeconds(10)),
                    false);
            Landing landing = new Landing(
                    store, parts.recompressor(), new Flights<>(() -> 0), new FetchNotes(parts.lease()), parts.bounds());
            Disposable client = new Forwarding(parts, new Keeping(parts, landing))
                    .forward(
                            new Inbound(request, Flux.empty(), "127.0.0.1", Runnable::run, interim -> {}),
                            target,
                            "method")
                    .subscribe();
            HeldOrigin.Exchange exchange = origin.next();
            exchange.writeHead("Content-Length: 100").write("a part");
            assertThat(log.asked.await(10, TimeUnit.SECONDS)).isTrue();
            client.dispose();

            exchange.awaitClosed();
        } finally {
            origins.close().block(Duration.ofSeconds(5));
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(5));
        }
    }
}
