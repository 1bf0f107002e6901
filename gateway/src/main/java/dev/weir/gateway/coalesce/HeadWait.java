package dev.weir.gateway.coalesce;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
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
    private final @Nullable Duration longest;
    private final AtomicReference<@Nullable MonoSink<H>> sink;

    HeadWait(Member<H> member, Executor loop, @Nullable Duration longest, MonoSink<H> sink) {
        this.member = member;
        this.loop = loop;
        this.longest = longest;
        this.sink = new AtomicReference<>(sink);
    }

    void start() {
        Flight<H> flight = member.flight();
        if (flight.landedHead() == null) {
            flight.parkForHead(loop, this);
            if (longest != null) {
                flight.limitWait(this, longest);
            }
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

    /** It has lasted as long as it may; on any thread. */
    void tooLate() {
        try {
            loop.execute(() -> {
                MonoSink<H> taker = sink.getAndSet(null);
                if (taker != null) {
                    taker.error(new TimeoutException("no head within " + longest));
                }
            });
        } catch (RejectedExecutionException closed) {
            lost();
        }
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
