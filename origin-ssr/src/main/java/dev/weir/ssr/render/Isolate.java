package dev.weir.ssr.render;

import com.caoccao.javet.exceptions.JavetException;
import com.caoccao.javet.exceptions.JavetTerminatedException;
import com.caoccao.javet.interop.V8Guard;
import com.caoccao.javet.interop.V8Runtime;
import com.caoccao.javet.values.reference.V8ValueFunction;
import dev.weir.ssr.render.RenderFailure.Kind;
import java.time.Duration;

/**
 * One V8 isolate with the server bundle in it. Everything here is called by the one thread that owns it; only V8's
 * watchdog reaches in from outside, to terminate a script that is past its time.
 */
final class Isolate implements AutoCloseable {
    /** What the heap may grow by while a script that ran into the limit is being terminated: without it V8 aborts. */
    private static final long HEADROOM = 512L << 20;

    private final V8Runtime runtime;
    private final V8ValueFunction renderPage;
    private final String assets;
    private final long timeoutMillis;
    private boolean outOfMemory;

    private Isolate(V8Runtime runtime, V8ValueFunction renderPage, String assets, Duration timeout) {
        this.runtime = runtime;
        this.renderPage = renderPage;
        this.assets = assets;
        this.timeoutMillis = timeout.toMillis();
        runtime.setNearHeapLimitCallback((current, initial) -> {
            outOfMemory = true;
            runtime.terminateExecution();
            return current + HEADROOM;
        });
    }

    /** Opens an isolate on the bundle's snapshot and renders the page to warm up. */
    static Isolate open(RenderBundle bundle, Duration timeout) {
        try {
            V8Runtime runtime = Engine.open(bundle.snapshot());
            V8ValueFunction renderPage = runtime.getGlobalObject().get("renderPage");
            Isolate isolate = new Isolate(runtime, renderPage, bundle.assets(), timeout);
            isolate.warm(bundle);
            return isolate;
        } catch (JavetException e) {
            throw new IllegalStateException("cannot open a V8 isolate: " + e.getMessage(), e);
        }
    }

    private void warm(RenderBundle bundle) throws JavetException {
        try {
            for (int i = 0; i < bundle.warmUpRounds(); i++) {
                renderPage.callString(null, bundle.warmUpPage(), assets);
            }
        } catch (JavetException e) {
            close();
            throw e;
        }
    }

    /**
     * Renders one page.
     *
     * @param page the page's data, as escaped JSON
     * @throws RenderFailure if there is no page; see {@link RenderFailure#breaksIsolate()}
     */
    String render(String page) {
        try (V8Guard guard = runtime.getGuard(timeoutMillis)) {
            String html = renderPage.callString(null, page, assets);
            if (html == null || outOfMemory) {
                throw new RenderFailure(outOfMemory ? Kind.OUT_OF_MEMORY : Kind.SCRIPT, "no page came back");
            }
            return html;
        } catch (JavetTerminatedException e) {
            throw outOfMemory
                    ? new RenderFailure(Kind.OUT_OF_MEMORY, "past the heap limit")
                    : new RenderFailure(Kind.TIMED_OUT, "still running after " + timeoutMillis + " ms");
        } catch (JavetException e) {
            Kind kind = outOfMemory ? Kind.OUT_OF_MEMORY : Kind.SCRIPT;
            throw new RenderFailure(kind, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        try {
            renderPage.close();
            runtime.close(true);
        } catch (JavetException e) {
            throw new IllegalStateException("cannot close a V8 isolate: " + e.getMessage(), e);
        }
    }
}
