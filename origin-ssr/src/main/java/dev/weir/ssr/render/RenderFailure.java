package dev.weir.ssr.render;

/** Why there is no page. An expected outcome, so it carries no stack trace of its own. */
public final class RenderFailure extends RuntimeException {
    /** The kinds of failure; the web side answers each with its own status. */
    public enum Kind {
        /** The queue is full, or the request waited in it for longer than the render time limit. */
        OVERLOADED,
        /** No isolate is alive, or the pool is being closed. */
        UNAVAILABLE,
        /** The script ran past its time limit and was terminated. */
        TIMED_OUT,
        /** The script ran into the heap limit and was terminated. */
        OUT_OF_MEMORY,
        /** The script threw. */
        SCRIPT
    }

    private final Kind kind;

    RenderFailure(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    /** Returns what went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether the isolate may hold half-done work and must be replaced. */
    boolean breaksIsolate() {
        // Termination skips JavaScript's finally blocks, so React's own bookkeeping may be left behind.
        return kind == Kind.TIMED_OUT || kind == Kind.OUT_OF_MEMORY;
    }
}
