package dev.weir.loadtest.report;

import java.io.PrintStream;
import java.util.Locale;

/** Says now and then how far a phase is; for one thread at a time. */
public final class Progress {
    private static final long PERIOD_NANOS = 2_000_000_000L;

    private final PrintStream out;
    private long lastSaid = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.println("  … " + line);
    }

    public void step(long done, long of) {
        long now = System.nanoTime();
        if (now - lastSaid >= PERIOD_NANOS) {
            lastSaid = now;
            say(String.format(Locale.ROOT, "%,d of %,d", done, of));
        }
    }
}
