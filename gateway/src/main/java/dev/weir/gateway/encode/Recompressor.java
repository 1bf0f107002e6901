package dev.weir.gateway.encode;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.policy.Body;
import dev.weir.gateway.policy.StoredResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the coded forms of stored responses, on a small pool of its own: bounded threads, bounded queue. A response that
 * finds the queue full stays in identity, which is always right, and is counted.
 */
public final class Recompressor implements AutoCloseable {

    /** Below this a coded form saves less than a packet. */
    private static final int SMALLEST = 256;

    private static final Set<String> COMPRESSIBLE = Set.of(
            "application/javascript",
            "application/json",
            "application/ld+json",
            "application/manifest+json",
            "application/xml",
            "application/atom+xml",
            "application/rss+xml",
            "application/xhtml+xml",
            "application/wasm",
            "image/svg+xml",
            "image/x-icon",
            "font/ttf",
            "font/otf");

    private final ThreadPoolExecutor workers;
    private final LongAdder skipped = new LongAdder();

    public Recompressor(int threads, int queue) {
        workers = new ThreadPoolExecutor(
                threads, threads, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), Recompressor::thread);
        workers.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "weir-encode");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Whether coded forms of a response may be made: then each of its forms carries {@code Vary: Accept-Encoding}, identity
     * too (RFC 9110 §12.5.5). What is too small for that has one form for all, and caches beyond need not tell clients apart.
     *
     * @param length of the identity form in bytes; negative while it is unknown
     */
    public static boolean isEligible(Headers headers, long length) {
        return (length < 0 || length >= SMALLEST) && isEligible(headers);
    }

    private static boolean isEligible(Headers headers) {
        String cacheControl = headers.list("cache-control");
        boolean noTransform =
                cacheControl != null && cacheControl.toLowerCase(Locale.ROOT).contains("no-transform");
        return !noTransform
                && !headers.contains("content-encoding")
                && !headers.contains("content-range")
                && isCompressible(headers.first("content-type"));
    }

    private static boolean isCompressible(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return (type.startsWith("text/") && !type.equals("text/event-stream")) || COMPRESSIBLE.contains(type);
    }

    /**
     * Makes the coded forms some time soon.
     *
     * @param done gets the response as it was and the same with its coded forms, on a worker; not called when there is
     *     nothing to gain
     */
    public void offer(StoredResponse stored, BiConsumer<StoredResponse, StoredResponse> done) {
        boolean worthIt = isEligible(stored.headers(), stored.body().identity().length);
        if (!worthIt || !stored.body().coded().isEmpty()) {
            return;
        }
        try {
            workers.execute(() -> encode(stored, done));
        } catch (RejectedExecutionException full) {
            skipped.increment();
        }
    }

    private static void encode(StoredResponse stored, BiConsumer<StoredResponse, StoredResponse> done) {
        byte[] identity = stored.body().identity();
        List<Body.Coded> forms = new ArrayList<>();
        for (Coding coding : Coding.values()) {
            if (coding.isAvailable()) {
                byte[] coded = coding.encode(identity);
                if (coded.length < identity.length * 9L / 10) {
                    forms.add(new Body.Coded(coding.token(), coding.tagSuffix(), coded));
                }
            }
        }
        if (!forms.isEmpty()) {
            done.accept(stored, stored.withBody(new Body(identity, forms)));
        }
    }

    /** Responses that stayed in identity because the queue was full. */
    public long skipped() {
        return skipped.sum();
    }

    /** Responses waiting for a worker. */
    public int queued() {
        return workers.getQueue().size();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
