package dev.weir.blog.page;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole blog at one moment, finished. Immutable: a request that began on one snapshot ends on it.
 *
 * @param pages by address
 * @param notFound body of the 404 answer
 * @param posts number of posts
 */
public record Snapshot(Map<String, Page> pages, Body notFound, int posts) {
    public Snapshot {
        pages = Map.copyOf(pages);
    }

    /**
     * The page of an address, null if there is none.
     *
     * @param number page of a list, from 1; ignored by everything that is no list
     */
    public @Nullable Page find(String path, int number) {
        if (number > 1) {
            Page numbered = pages.get(Addresses.numbered(path, number));
            return numbered != null || isList(path) ? numbered : pages.get(path);
        }
        return pages.get(path);
    }

    private static boolean isList(String path) {
        return path.equals(Addresses.LIST) || path.startsWith(Addresses.TAGS);
    }
}
