package dev.weir.blog.page;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished answer, ready to be written.
 *
 * @param body its bytes and their entity tag
 * @param type its Content-Type
 * @param freshness its Cache-Control
 * @param tags its Surrogate-Key: a purge of any of them invalidates it
 * @param changeTag the tag that a reload purges when this page's bytes have changed; null where the URL changes with them
 * @param lastModified since when these bytes stand here, whole seconds; null where seconds can't tell two versions apart
 */
public record Page(
        Body body,
        String type,
        String freshness,
        List<String> tags,
        @Nullable String changeTag,
        @Nullable Instant lastModified) {
    public Page {
        tags = List.copyOf(tags);
    }

    /** The Surrogate-Key field's value. */
    public String surrogateKey() {
        return String.join(" ", tags);
    }

    Page since(@Nullable Instant instant) {
        return new Page(body, type, freshness, tags, changeTag, instant);
    }
}
