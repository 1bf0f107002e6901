package dev.weir.blog.page;

/** The blog's URLs, as paths with their query. They double as the keys of a {@link Snapshot}. */
public final class Addresses {
    public static final String BASE = "/blog";
    public static final String LIST = BASE + "/";
    public static final String FEED = LIST + "feed.xml";
    public static final String TAGS = LIST + "tags/";
    static final String ASSETS = LIST + "assets/";

    private Addresses() {}

    static String post(String slug) {
        return LIST + slug;
    }

    static String tag(String tag) {
        return TAGS + tag;
    }

    /** The first page has no query: one page, one URL. */
    static String numbered(String path, int number) {
        return number == 1 ? path : path + "?page=" + number;
    }
}
