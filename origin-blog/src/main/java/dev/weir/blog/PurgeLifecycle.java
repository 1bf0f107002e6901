package dev.weir.blog;

import dev.weir.blog.purge.PurgeEmitter;
import org.springframework.context.SmartLifecycle;

/** Gives pending purges a last chance before the process ends. */
final class PurgeLifecycle implements SmartLifecycle {
    private final PurgeEmitter emitter;
    private volatile boolean running;

    PurgeLifecycle(PurgeEmitter emitter) {
        this.emitter = emitter;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        // Bounded by the emitter itself; the callback lets the shutdown go on, so nobody else needs to own this.
        emitter.stop().doFinally(signal -> callback.run()).subscribe();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
