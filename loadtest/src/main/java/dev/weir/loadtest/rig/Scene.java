package dev.weir.loadtest.rig;

/** What the scripted origin plays to whoever asks below a path. */
public enum Scene {
    /** A page of 16 KiB that all may share; its first byte takes 200 ms, the rest comes with it. */
    PAGE("page", true),
    /** The same page, head after 200 ms, then eight chunks 50 ms apart, and no length said beforehand. */
    CHUNKED("chunked", true),
    /** An answer for the one who asked alone, different each time, after 200 ms; nothing but its head tells so. */
    PRIVATE("private", false);

    private final String word;
    private final boolean shareable;

    Scene(String word, boolean shareable) {
        this.word = word;
        this.shareable = shareable;
    }

    /** Its name on the command line and the first segment of its paths. */
    public String word() {
        return word;
    }

    /** May one answer serve all who asked? */
    public boolean isShareable() {
        return shareable;
    }

    /** Below this path the origin plays it. */
    public String prefix() {
        return "/" + word + "/";
    }
}
