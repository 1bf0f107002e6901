package dev.weir.gateway.coalesce;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** One member's wait for the first of the body, whatever that is; otherwise as {@link HeadWait}. */
final class BodyWait implements Parked.Sleeper {

    private final Member<?> member;
    private final Executor loop;
    private final AtomicReference<@Nullable MonoSink<Void>> sink;

    BodyWait(Member<?> member, Executor loop, MonoSink<Void> sink) {
        this.member = member;
        this.loop = loop;
        this.sink = new AtomicReference<>(sink);
    }

    void start() {
        if (!member.hasBegun()) {
            member.flight().parkForChunk(loop, this);
        }
        if (member.hasBegun()) { // also by what came while parking
            wake();
        }
    }

    @Override
    public void wake() {
        MonoSink<Void> taker = sink.getAndSet(null);
        if (taker != null) {
            taker.success();
        }
    }

    @Override
    public void lost() {
        forget();
        member.leave();
    }

    void forget() {
        sink.set(null);
    }
}
