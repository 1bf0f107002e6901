package dev.weir.gateway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that dies with this JVM: a shell in between reads a pipe from here and kills the process when that pipe ends,
 * even if the JVM was killed without a chance to clean up.
 */
public final class GuardedProcess implements AutoCloseable {

    /** First line out: the process' pid. Then waits for the end of its input. */
    private static final String GUARD = "\"$@\" >/dev/null 2>&1 & guarded=$!; echo $guarded; "
            + "cat >/dev/null; kill -CONT $guarded 2>/dev/null; kill -KILL $guarded 2>/dev/null; wait";

    private final Process guard;
    private final long pid;

    private GuardedProcess(Process guard, long pid) {
        this.guard = guard;
        this.pid = pid;
    }

    /** Starts that command; what it says is dropped. */
    public static GuardedProcess start(List<String> command) {
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "guard"));
        guarded.addAll(command);
        try {
            Process guard = new ProcessBuilder(guarded)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new GuardedProcess(guard, Long.parseLong(firstLine(guard.getInputStream())));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops it in the middle of what it does: sockets stay open, nothing is answered (SIGSTOP). */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** Kills it. */
    @Override
    public void close() {
        if (!guard.isAlive()) {
            return;
        }
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + pid + " does not end");
            }
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + ' ' + pid + " failed");
            }
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
