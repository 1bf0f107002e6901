package dev.weir.gateway.wiring;

import dev.weir.gateway.edge.EdgeServer;
import org.springframework.context.SmartLifecycle;

/** Opens the front door last and closes it first. */
final class EdgeLifecycle implements SmartLifecycle {

    private final EdgeServer server;

    EdgeLifecycle(EdgeServer server) {
        this.server = server;
    }

    @Override
    public void start() {
        server.start();
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public boolean isRunning() {
        return server.isRunning();
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE; // started after everything else, stopped before
    }
}
