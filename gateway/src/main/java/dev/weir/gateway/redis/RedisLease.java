package dev.weir.gateway.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.gateway.coalesce.Lease;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * Leases as keys in Redis with a short life, renewed while the fetch goes on: a holder that dies holds nobody up for
 * longer than that. Their end is told by pub/sub, and only where somebody has asked meanwhile.
 *
 * <p>Asking shares the look-ups' connection and budget: who asks for lease and stored response one after the other has
 * both in one round trip, in that order. So a lease that is taken was free, and what its last holder stored is found.
 */
public final class RedisLease implements Lease {

    private static final String TAKEN = "taken";

    /** Redis' clock ticks in ms, and this one may run ahead of it a little. */
    private static final Duration MARGIN = Duration.ofMillis(20);

    private final RedisSettings.Lookups limits;
    private final Link<StatefulRedisConnection<byte[], byte[]>> reads;
    private final LeaseWaits waits = new LeaseWaits();
    private final Breaker breaker;
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicLong turn = new AtomicLong();

    /** Leads all tokens of this process: one start of a replica is not another's. */
    private final String holder;

    /** Opens its channel; returns at once, whether or not Redis is there. */
    public RedisLease(RedisSettings settings, RedisConnections connections, Replica replica) {
        this.limits = settings.lookups();
        this.reads = connections.reads();
        this.breaker = new Breaker(limits.maxFailures(), limits.pause());
        this.holder = replica.id()
                + '.'
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())
                + '.';
        connections.leases().open(this::listen);
    }

    /** How many of this replica wait for another one. */
    public int waiting() {
        return waits.count();
    }

    @Override
    public Mono<Grant> take(String name) {
        return Mono.defer(() -> {
            StatefulRedisConnection<byte[], byte[]> redis = reads.current();
            if (redis == null || asking.incrementAndGet() > limits.maxInFlight()) {
                return unavailable(redis != null);
            }
            if (!breaker.mayTry(System.nanoTime())) {
                return unavailable(true);
            }
            return ask(redis, name).doFinally(end -> asking.decrementAndGet());
        });
    }

    private Mono<Grant> unavailable(boolean counted) {
        if (counted) {
            asking.decrementAndGet();
        }
        return Mono.just(Grant.Unavailable.INSTANCE);
    }

    private Mono<Grant> ask(StatefulRedisConnection<byte[], byte[]> redis, String name) {
        LeaseWaits.Wait wait = waits.register(name);
        String token = holder + turn.incrementAndGet();
        AtomicBoolean givenUp = new AtomicBoolean();
        // Not cancelled when nobody wants it any more: a cancelled question hears of no grant and can't give it back
        return Mono.fromFuture(() -> taken(redis, name, token, givenUp), true)
                .timeout(limits.budget())
                .map(answer -> grant(answer, name, token, wait))
                .doOnNext(grant -> breaker.succeeded())
                .onErrorResume(failure -> {
                    givenUp.set(true);
                    breaker.failed(System.nanoTime());
                    return Mono.just(Grant.Unavailable.INSTANCE);
                })
                .doOnNext(grant -> {
                    if (!(grant instanceof Grant.Elsewhere)) {
                        wait.end();
                    }
                })
                .doOnCancel(() -> {
                    givenUp.set(true);
                    wait.end();
                });
    }

    /** The answer; a lease that is granted after nobody wanted it any more goes back at once. */
    private CompletableFuture<List<Object>> taken(
            StatefulRedisConnection<byte[], byte[]> redis, String name, String token, AtomicBoolean givenUp) {
        return LeaseScripts.take(redis, name, token, LeaseHold.LIFE)
                .thenApply(answer -> {
                    if (givenUp.get() && SyncAnswer.text(answer.get(0)).equals(TAKEN)) {
                        LeaseScripts.unattended(() -> LeaseScripts.end(redis, name, token, Duration.ZERO));
                    }
                    return answer;
                })
                .toCompletableFuture();
    }

    private Grant grant(List<Object> answer, String name, String token, LeaseWaits.Wait wait) {
        String word = SyncAnswer.text(answer.get(0));
        if (word.equals(TAKEN)) {
            return new Grant.Taken(new LeaseHold(reads, name, token, LeaseHold.LONGEST));
        }
        if (word.equals("passed")) {
            return Grant.NotShareable.INSTANCE;
        }
        if (word.startsWith(holder)) {
            // an outdated flight of this replica's own has it; whoever asks now is not to wait for that one
            return Grant.Unavailable.INSTANCE;
        }
        long left = Math.max(0, (Long) answer.get(1));
        wait.endAfter(Duration.ofMillis(left).plus(MARGIN));
        return new Grant.Elsewhere(wait.over());
    }

    @Override
    public void clear(String name) {
        StatefulRedisConnection<byte[], byte[]> redis = reads.current();
        if (redis != null) {
            LeaseScripts.unattended(() -> LeaseScripts.clear(redis, name));
        }
    }

    private void listen(StatefulRedisPubSubConnection<byte[], byte[]> channel) {
        channel.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(byte[] from, byte[] name) {
                waits.ended(new String(name, UTF_8));
            }
        });
        var unused = channel.async().subscribe(LeaseScripts.ENDED);
    }
}
