package dev.weir.blog.web;

import dev.weir.blog.page.Addresses;
import dev.weir.blog.page.Tags;
import java.util.regex.Pattern;

/**
 * The tags of an answer for an address that has no page: those that the page would have. When the post is published, the
 * purge of its tag then takes the stored 404 away too.
 */
final class MissingTags {
    /** What can be a slug or a tag; anything else from a request never gets near a header. */
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

    private static final int LONGEST = 100;

    private MissingTags() {}

    static String of(String path) {
        if (path.equals(Addresses.LIST)) {
            return Tags.BLOG + " " + Tags.LIST;
        }
        if (path.startsWith(Addresses.TAGS)) {
            String tag = path.substring(Addresses.TAGS.length());
            return isWord(tag) ? Tags.BLOG + " " + Tags.tag(tag) : Tags.BLOG;
        }
        if (path.startsWith(Addresses.LIST)) {
            String slug = path.substring(Addresses.LIST.length());
            return isWord(slug) ? Tags.BLOG + " " + Tags.post(slug) : Tags.BLOG;
        }
        return Tags.BLOG;
    }

    private static boolean isWord(String text) {
        return text.length() <= LONGEST && WORD.matcher(text).matches();
    }
}
