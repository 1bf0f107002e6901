package dev.weir.blog.page;

import java.net.URI;

/**
 * What all pages share.
 *
 * @param publicUrl where readers reach the blog's host, without a path: the gateway's address, not this process's
 * @param pageSize posts per list page, at least 1
 */
public record Site(URI publicUrl, int pageSize) {
    static final String TITLE = "Notes from the weir";
    static final String TAGLINE = "How HTTP caching works, one idea at a time.";

    public Site {
        if (!publicUrl.isAbsolute() || publicUrl.getHost() == null) {
            throw new IllegalArgumentException(
                    "public URL is \"" + publicUrl + "\" (expected: scheme and host, such as https://example.org)");
        }
        if (pageSize < 1) {
            throw new IllegalArgumentException("page size is " + pageSize + " (expected: at least 1)");
        }
    }

    /** The full URL of an address of the blog. */
    String absolute(String address) {
        String base = publicUrl.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + address;
    }
}
