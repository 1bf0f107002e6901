package dev.weir.gateway.coalesce;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * One member's wait for the head: a single signal, whoever of producer, joiner and canceller comes first. It may stay
 * parked long after its client has gone, so it lets go of the client then.
 */
final class HeadWait<H> implements Parked.Sleeper {

    private final Member<H> member;
    private final Executor loop;
    private final AtomicReference<@Nullable MonoSink<H>> sink;

    HeadWait(Member<H> member, Executor loop, MonoSink<H> sink) {
        this.member = member;
        this.loop = loop;
        this.sink = new AtomicReference<>(sink);
    }

    void start() {
        Flight<H> flight = member.flight();
        if (flight.landedHead() == null) {
            flight.parkForHead(loop, this);
        }
        deliver(); // also for what came while parking
    }

    @Override
    public void wake() {
        deliver();
    }

    @Override
    public void lost() {
        forget();
        member.leave();
    }

    void forget() {
        sink.set(null);
    }

    private void deliver() {
        Flight.Landed<H> landed = member.flight().landedHead();
        MonoSink<H> taker = landed == null ? null : sink.getAndSet(null);
        if (landed == null || taker == null) {
            return;
        }
        if (landed.failure() != null) {
            taker.error(landed.failure());
        } else {
            taker.success(landed.head());
        }
    }
}
