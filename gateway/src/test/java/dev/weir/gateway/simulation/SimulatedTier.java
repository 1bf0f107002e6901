package dev.weir.gateway.simulation;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.store.EntryCodec;
import dev.weir.gateway.store.SharedRecord;
import dev.weir.gateway.store.SharedTier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The tier in Redis with the records of production; a look-up may be answered late, a write may arrive very late. */
final class SimulatedTier implements SharedTier {

    private final World world;
    private final RedisModel redis;
    private final Cable cable;
    private final SimulatedThread net;
    private final Promises own;

    SimulatedTier(RedisModel redis, Cable cable, SimulatedThread net, Promises own) {
        this.own = own;
        this.world = net.process().world();
        this.redis = redis;
        this.cable = cable;
        this.net = net;
    }

    @Override
    public Mono<StoredResponse> find(CacheKey key, Request upstream) {
        return Mono.create(sink -> {
            var unused = net.schedule(() -> sink.success(), 50, TimeUnit.MILLISECONDS);
            cable.send(() -> {
                StoredResponse found = decoded(redis.page(key.url()));
                cable.answer(() -> {
                    net.process().mayBeStopped();
                    sink.success(found);
                });
            });
        });
    }

    private static @Nullable StoredResponse decoded(byte @Nullable [] record) {
        return record != null && EntryCodec.decode(record) instanceof SharedRecord.Entry entry ? entry.stored() : null;
    }

    @Override
    public void put(StoredResponse stored, long ttlMillis, Runnable over) {
        String asked = stored.headers().first(SimulatedOrigin.ASKED);
        String path = stored.key().path();
        if (asked != null && own.isStruck(path, Long.parseLong(asked), world.now())) {
            world.violated(net.process() + " stores " + path + " asked for at " + Promises.millis(asked)
                    + ", which a purge had struck");
        }
        net.process().mayBeStopped();
        byte[] record = EntryCodec.encode(new SharedRecord.Entry(stored));
        world.in(
                world.delay(World.MILLI, 3 * World.SECOND),
                () -> cable.send(() -> {
                    world.tell(() -> "redis: gets " + path + " asked for at " + Promises.millis(asked) + " from "
                            + net.process());
                    redis.putPage(stored.key().url(), record);
                }));
        over.run();
    }

    @Override
    public boolean takes(long bodyBytes) {
        return true;
    }
}
