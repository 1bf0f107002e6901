package dev.weir.ssr.render;

import com.caoccao.javet.exceptions.JavetException;

/**
 * What every isolate starts from: the heap after the server bundle has run, once for all of them.
 *
 * @param snapshot V8's snapshot; shared, never written
 * @param assets JSON with the addresses of the page's script and style sheet
 * @param warmUpPage the data of a page that each new isolate renders before it serves
 */
// The array is never altered, and nobody compares these values.
@SuppressWarnings("ArrayRecordComponent")
record RenderBundle(byte[] snapshot, String assets, String warmUpPage) {
    private static final int WARM_UP_ROUNDS = 20;

    /** Runs the script once and keeps what it leaves. {@link Engine#start} comes first. */
    static RenderBundle of(String script, String assets, String warmUpPage) {
        try {
            return new RenderBundle(Engine.snapshot(script), assets, warmUpPage);
        } catch (JavetException e) {
            throw new IllegalStateException("the server bundle does not run: " + e.getMessage(), e);
        }
    }

    int warmUpRounds() {
        return WARM_UP_ROUNDS;
    }
}
