package dev.weir.ssr.web;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.http.MediaType;

/**
 * A whole answer before it meets the request's method and conditions.
 *
 * @param bytes the representation; never altered after this is made
 * @param cacheControl the field's value
 * @param tags the cache tags; may be empty
 */
// The array is never altered, and nobody compares these values.
@SuppressWarnings("ArrayRecordComponent")
record Content(int status, MediaType type, byte[] bytes, String cacheControl, Set<String> tags) {
    private static final String FRESH = "public, max-age=60, stale-while-revalidate=30";
    private static final String BRIEFLY_FRESH = "public, max-age=10";
    private static final String NEVER_STORED = "no-store";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    Content {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    }

    static Content page(byte[] bytes, Set<String> tags) {
        return new Content(200, HTML, bytes, FRESH, tags);
    }

    static Content missingPage(byte[] bytes, Set<String> tags) {
        return new Content(404, HTML, bytes, BRIEFLY_FRESH, tags);
    }

    static Content failurePage(int status, byte[] bytes) {
        return new Content(status, HTML, bytes, NEVER_STORED, Set.of());
    }

    static Content json(byte[] bytes, Set<String> tags) {
        return new Content(200, MediaType.APPLICATION_JSON, bytes, FRESH, tags);
    }

    static Content missingJson(byte[] bytes, Set<String> tags) {
        return new Content(404, MediaType.APPLICATION_PROBLEM_JSON, bytes, BRIEFLY_FRESH, tags);
    }

    static Content problem(int status, byte[] bytes) {
        return new Content(status, MediaType.APPLICATION_PROBLEM_JSON, bytes, NEVER_STORED, Set.of());
    }

    static Content written(byte[] bytes) {
        return new Content(200, MediaType.APPLICATION_JSON, bytes, NEVER_STORED, Set.of());
    }

    static Content asset(MediaType type, byte[] bytes) {
        return new Content(200, type, bytes, FOR_EVER, Set.of());
    }
}
