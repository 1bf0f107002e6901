package dev.weir.blog.page;

/** The words of Surrogate-Key. */
public final class Tags {
    /** On every answer. */
    public static final String BLOG = "blog";

    public static final String LIST = "list";
    public static final String FEED = "feed";

    private Tags() {}

    /** On the post's page and on all lists that show it. */
    public static String post(String slug) {
        return "post:" + slug;
    }

    /** On the list of the tag; not on the posts that have it, whose pages do not change with that list. */
    public static String tag(String tag) {
        return "tag:" + tag;
    }
}
