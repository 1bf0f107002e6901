package dev.weir.blog.web;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The conditional fields of a GET or HEAD against a page, in the order of RFC 9110 §13.2.2. */
final class Preconditions {
    /** What to answer. */
    enum Verdict {
        SEND,
        NOT_MODIFIED,
        FAILED
    }

    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    private Preconditions() {}

    /**
     * What a page in this state answers to a request with these fields.
     *
     * @param etag the page's entity tag, strong, quoted
     * @param lastModified whole seconds; null if the page has none
     */
    static Verdict check(HttpHeaders request, String etag, @Nullable Instant lastModified) {
        String ifMatch = field(request, HttpHeaders.IF_MATCH);
        if (ifMatch != null) {
            // §13.1.1: strong comparison
            if (!matches(ifMatch, etag, true)) {
                return Verdict.FAILED;
            }
        } else if (lastModified != null) {
            // §13.1.4: ignored where an unreadable date stands (-1) and where the page has none
            long limit = date(request, HttpHeaders.IF_UNMODIFIED_SINCE);
            if (limit >= 0 && lastModified.toEpochMilli() > limit) {
                return Verdict.FAILED;
            }
        }
        return notModified(request, etag, lastModified) ? Verdict.NOT_MODIFIED : Verdict.SEND;
    }

    private static boolean notModified(HttpHeaders request, String etag, @Nullable Instant lastModified) {
        String ifNoneMatch = field(request, HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            // §13.1.2: weak comparison; §13.1.3: If-Modified-Since counts only without it
            return matches(ifNoneMatch, etag, false);
        }
        long since = date(request, HttpHeaders.IF_MODIFIED_SINCE);
        return lastModified != null && since >= 0 && lastModified.toEpochMilli() <= since;
    }

    private static boolean matches(String field, String etag, boolean strong) {
        if (field.strip().equals("*")) {
            return true;
        }
        Matcher listed = ENTITY_TAG.matcher(field);
        while (listed.find()) {
            boolean weak = listed.group(1) != null;
            if (listed.group(2).equals(etag) && !(strong && weak)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String field(HttpHeaders request, String name) {
        List<String> lines = request.get(name);
        return lines == null ? null : String.join(",", lines);
    }

    private static long date(HttpHeaders request, String name) {
        try {
            return request.getFirstDate(name);
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }
}
