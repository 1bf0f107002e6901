package dev.weir.gateway.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.gateway.flow.Reply;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.policy.StoredResponse;
import java.util.Locale;
import reactor.core.publisher.BaseSubscriber;

/** Clients of all replicas, and the judgement of what each of them gets. */
final class Visitors {

    private final World world;
    private final Fleet fleet;
    private final Registrations registrations;
    private final Promises promises;
    private final long maxAge;
    private int answers;

    Visitors(Scene scene, Fleet fleet, Promises promises) {
        this.world = scene.world();
        this.fleet = fleet;
        this.registrations = scene.registrations();
        this.promises = promises;
        this.maxAge = scene.maxAge();
    }

    int answers() {
        return answers;
    }

    /** Some, soon, at any replica. */
    void comeAround(Page page, int visitors) {
        for (int i = 0; i < visitors; i++) {
            world.in(world.delay(World.MILLI, 300 * World.MILLI), () -> come(page));
        }
    }

    void come(Page page) {
        if (fleet.running().isEmpty()) {
            return;
        }
        SimulatedReplica replica = fleet.serving();
        Headers fields = world.happens(0.05) ? Headers.of("Cache-Control", "no-cache") : Headers.empty();
        boolean leavesEarly = world.happens(0.05);
        replica.ask(page, fields, () -> {
            Visit visit = new Visit(
                    page, replica, promises.floor(page).and(replica.own().floor(page)), world.now());
            return reply -> got(visit, reply, leavesEarly);
        });
    }

    /** One request. */
    private record Visit(Page page, SimulatedReplica replica, Promises.Floor floor, long headRead) {}

    private void got(Visit visit, Reply reply, boolean leavesEarly) {
        if (!visit.replica().process().isAlive()) {
            reply.unused().run();
            return;
        }
        answers++;
        world.tell(() -> "visitor of " + visit.replica() + ", there since " + visit.headRead() / World.MILLI + ", gets "
                + visit.page().path + " " + reply.head().status() + " "
                + reply.outcome().verdict().name().toLowerCase(Locale.ROOT) + ", asked for at "
                + Promises.millis(reply.head().headers().first(SimulatedOrigin.ASKED)) + ", "
                + reply.head().headers().first("Cache-Status"));
        Promises.Breach breach = Promises.breach(reply, visit.floor());
        if (breach != null && !isWithinLimits(visit, breach)) {
            world.violated(visit.replica() + " served " + visit.page().path + " asked for at "
                    + breach.askedAt() / World.MILLI + " though " + breach.promise() + " asked for at "
                    + breach.promisedFrom() / World.MILLI + " was applied");
        }
        String fetched = reply.head().headers().first(SimulatedOrigin.FETCHED);
        if (fetched != null && isBanned(visit, reply, Long.parseLong(fetched))) {
            world.violated(visit.replica() + " served the bytes of " + visit.page().path + " fetched at "
                    + Promises.millis(fetched) + ", which a hard purge had banned");
        }
        judgeMemory(visit);
        read(visit, reply, leavesEarly);
    }

    /** Who looks for what has been struck hard drops it; nothing may bring it back, from a fetch or from Redis. */
    private void judgeMemory(Visit visit) {
        for (StoredResponse kept : visit.replica().memory(visit.page())) {
            String asked = kept.headers().first(SimulatedOrigin.ASKED);
            if (asked != null
                    && visit.replica().own().isBanned(visit.page().path, Long.parseLong(asked), visit.headRead())) {
                world.violated(visit.replica() + " keeps " + visit.page().path + " asked for at "
                        + Promises.millis(asked) + " in memory, which a hard purge had struck");
            }
        }
    }

    /**
     * Who was not in the registry when the purge was asked for, or has been taken out of it, was not waited for; it may
     * share fetches, but none that began longer ago than the isolation's max-age.
     */
    private boolean isWithinLimits(Visit visit, Promises.Breach breach) {
        boolean counted = registrations.isCountedSince(visit.replica().process().name(), breach.promisedFrom());
        return !counted && breach.askedAt() >= visit.headRead() - maxAge - maxAge / 100;
    }

    /** What another replica had confirmed by the origin, not knowing of the purge, is another fetch to this one. */
    private boolean isBanned(Visit visit, Reply reply, long fetched) {
        String name = visit.replica().process().name();
        boolean confirmed = reply.outcome().verdict() == Outcome.Verdict.REVALIDATED;
        String arrived = reply.head().headers().first(SimulatedOrigin.ARRIVED);
        long by = confirmed && arrived != null ? Long.parseLong(arrived) : visit.headRead();
        return visit.replica().own().isBanned(visit.page().path, fetched, by)
                && !visit.page()
                        .isConfirmedByOthersThan(name, reply.head().headers().first("ETag"));
    }

    private void read(Visit visit, Reply reply, boolean leavesEarly) {
        if (reply.stream() == null) {
            judge(visit, reply, reply.body() == null ? "" : new String(reply.body(), UTF_8));
            return;
        }
        if (leavesEarly) {
            reply.unused().run();
            return;
        }
        StringBuilder body = new StringBuilder();
        reply.stream().subscribe(new BaseSubscriber<byte[]>() {
            @Override
            protected void hookOnNext(byte[] chunk) {
                body.append(new String(chunk, UTF_8));
            }

            @Override
            protected void hookOnComplete() {
                judge(visit, reply, body.toString());
            }

            @Override
            protected void hookOnError(Throwable failure) {
                world.tell(() -> "a visitor's answer breaks off: " + failure);
            }
        });
    }

    private void judge(Visit visit, Reply reply, String body) {
        String fetched = reply.head().headers().first(SimulatedOrigin.FETCHED);
        if (reply.head().status() == 200 && !body.equals(visit.page().path + " fetched at " + fetched)) {
            world.violated(visit.replica() + " served the head of " + fetched + " with the body '" + body + "'");
        }
    }
}
