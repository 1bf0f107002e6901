package dev.weir.loadtest.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What everything that is started needs: where its files go, who ends it, which origin it asks.
 *
 * @param folder empty, ours, and removed in the end
 */
record Starting(Path folder, Children children, int originPort) {
    /** Long, for a machine may be busy with other things; a start that fails is seen at once. */
    private static final Duration BOUND = Duration.ofMinutes(3);

    Path file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + name, failed);
        }
    }

    Path directory(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot create " + name, failed);
        }
    }

    void awaitReady(String name, Process process, BooleanSupplier ready) {
        Eventually.await(
                BOUND,
                () -> !process.isAlive() || ready.getAsBoolean(),
                () -> name + " is not ready; its log:\n" + children.logText(name));
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended while starting; its log:\n" + children.logText(name));
        }
    }

    static InetSocketAddress door(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
