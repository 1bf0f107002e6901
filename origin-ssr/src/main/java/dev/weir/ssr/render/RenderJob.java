package dev.weir.ssr.render;

import reactor.core.publisher.MonoSink;

/** One page to render: its data as JSON, who waits for it, and until when waiting makes sense. */
final class RenderJob {
    private final String page;
    private final MonoSink<byte[]> sink;
    private final long deadline;
    private volatile boolean abandoned;

    /**
     * Makes a job.
     *
     * @param deadline the {@link System#nanoTime()} at which the job is refused if it has not begun
     */
    RenderJob(String page, MonoSink<byte[]> sink, long deadline) {
        this.page = page;
        this.sink = sink;
        this.deadline = deadline;
        sink.onCancel(() -> abandoned = true);
    }

    String page() {
        return page;
    }

    boolean abandoned() {
        return abandoned;
    }

    boolean late(long nanoTime) {
        return nanoTime - deadline > 0;
    }

    void succeed(byte[] bytes) {
        sink.success(bytes);
    }

    void fail(RenderFailure failure) {
        sink.error(failure);
    }
}
