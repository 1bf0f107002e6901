package dev.weir.gateway.simulation;

import dev.weir.gateway.coalesce.Lease;
import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.flow.FlowParts;
import dev.weir.gateway.flow.Inbound;
import dev.weir.gateway.flow.Reply;
import dev.weir.gateway.flow.RequestFlow;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.purge.Generations;
import dev.weir.gateway.purge.Invalidations;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.purge.PurgeLog.NotRecordedException;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import dev.weir.gateway.purge.Slots;
import dev.weir.gateway.redis.RedisPurgeLog;
import dev.weir.gateway.redis.RedisSettings;
import dev.weir.gateway.redis.Replica;
import dev.weir.gateway.redis.WiredLog;
import dev.weir.gateway.route.RouteFile;
import dev.weir.gateway.route.RouteTable;
import dev.weir.gateway.store.MemoryTier;
import dev.weir.gateway.store.ResponseStore;
import dev.weir.gateway.tunnel.Tunnels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A gateway from the log up to the walk, on a simulated process. Sockets, codings and leases are left out. */
final class SimulatedReplica {

    /** Few, so that selectors share some. */
    private static final Slots SLOTS = new Slots(64, 32, 32, 16);

    private static final Recompressor CODINGS = new Recompressor(1, 1);
    private static final RouteTable ROUTES =
            RouteFile.parse("routes.yaml", """
            origins:
              site: { urls: ["http://127.0.0.1:1"] }
            routes:
              - id: site
                match: { path: "/**" }
                origin: site
            """, Map.of()).table().orElseThrow();

    private final SimulatedProcess process;
    private final Cable cable;
    private final List<SimulatedThread> loops;
    private final Generations generations = new Generations(new LogPosition("", 0), SLOTS);
    private final RedisPurgeLog log;
    private final Invalidations invalidations;
    private final ResponseStore store;
    private final RequestFlow flow;
    private final Promises own = new Promises();
    private boolean ready;

    SimulatedReplica(SimulatedProcess process, RedisModel redis, RedisSettings settings, Surroundings surroundings) {
        this.process = process;
        this.loops = List.of(process.thread("loop-1"), process.thread("loop-2"));
        SimulatedThread net = process.thread("net");
        this.cable = new Cable(redis, net, surroundings.deafness());
        SimulatedThread logThread = process.thread("log");
        this.log = WiredLog.of(
                settings,
                generations,
                new Replica(process.name(), "127.0.0.1:1"),
                cable::connect,
                new WiredLog.Footing(logThread, net, process::nanoTime));
        this.invalidations =
                new Invalidations(generations, log, Schedulers.fromExecutorService(process.thread("timer")));
        this.store = new ResponseStore(
                new MemoryTier(1 << 20),
                new SimulatedTier(redis, cable, net, own),
                generations,
                log,
                process::nanoTime);
        FlowParts parts = new FlowParts(
                store,
                generations,
                invalidations,
                new SimulatedOrigin(process.world(), surroundings.pages(), loops, surroundings.temper()),
                new Tunnels(0, Duration.ofSeconds(1)),
                Lease.alone(),
                CODINGS,
                process.wallClock(),
                new FlowParts.Bounds(1 << 20, Duration.ofSeconds(60)),
                false);
        this.flow = new RequestFlow(parts, ROUTES);
        loops.get(0).execute(() -> log.start().subscribe(end -> {}, fault -> {}, () -> ready = true));
    }

    /**
     * What is around it.
     *
     * @param deafness how likely a wake-up is lost
     */
    record Surroundings(List<Page> pages, SimulatedOrigin.Temper temper, double deafness) {}

    SimulatedProcess process() {
        return process;
    }

    Cable cable() {
        return cable;
    }

    /** What this replica alone has promised. */
    Promises own() {
        return own;
    }

    List<StoredResponse> memory(Page page) {
        return store.memory(CacheKey.of(page.request(Headers.empty())));
    }

    boolean isReady() {
        return ready;
    }

    /**
     * A request, whose head is read when the loop gets to it.
     *
     * @param headRead tells what holds for it from there
     */
    void ask(Page page, Headers fields, Supplier<Consumer<Reply>> headRead) {
        SimulatedThread loop = process.world().oneOf(loops);
        loop.execute(() -> {
            Consumer<Reply> receiver = headRead.get();
            Inbound in = new Inbound(page.request(fields), Flux.empty(), "127.0.0.1", loop, interim -> {});
            flow.answer(in).subscribe(receiver, fault -> process.world().violated("a fault: " + fault));
        });
    }

    /** What a purge is answered with. */
    enum Answer {
        APPLIED,
        RECORDED,
        NOT_RECORDED
    }

    /** As the management port does. */
    void purge(Purge purge, Duration wait, BiConsumer<Answer, List<ReplicaState>> answer) {
        process.world()
                .oneOf(loops)
                .execute(() -> log.record(purge)
                        .flatMap(position -> log.awaitApplied(position, wait))
                        .subscribe(
                                replicas -> answer.accept(
                                        replicas.stream().anyMatch(each -> each.status() == ReplicaState.Status.OPEN)
                                                ? Answer.RECORDED
                                                : Answer.APPLIED,
                                        replicas),
                                failure -> {
                                    if (failure instanceof NotRecordedException) {
                                        invalidations
                                                .strike(purge.mode(), purge.selectors(), purge.cause())
                                                .subscribe();
                                        answer.accept(Answer.NOT_RECORDED, List.of());
                                    } else {
                                        process.world().violated("a fault: " + failure);
                                    }
                                }));
    }

    @Override
    public String toString() {
        return process.name();
    }
}
