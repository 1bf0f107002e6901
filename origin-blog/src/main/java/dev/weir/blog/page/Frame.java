package dev.weir.blog.page;

import org.jspecify.annotations.Nullable;

/**
 * What stands around a page's own content.
 *
 * @param title of the page, without the site's
 * @param description for search results
 * @param canonical full URL; null for pages that should not be indexed
 * @param style address of the style sheet
 * @param icon address of the icon
 */
public record Frame(
        String title, String description, @Nullable String canonical, String style, String icon) {
    public String siteTitle() {
        return Site.TITLE;
    }

    public String tagline() {
        return Site.TAGLINE;
    }

    public String home() {
        return Addresses.LIST;
    }

    public String feed() {
        return Addresses.FEED;
    }
}
