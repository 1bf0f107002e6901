package dev.weir.gateway.conformance;

import dev.weir.gateway.http.Headers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule and the exchanges that show it.
 *
 * @param rule the standard and its section
 * @param level MUST, MUST NOT, SHOULD, SHOULD NOT, MAY or choice
 * @param route which of the gateway's routes it goes through; the first segment of its path
 * @param pending why it can't pass yet; null for a row that must pass
 */
record Row(
        String id,
        String rule,
        String level,
        String title,
        String route,
        @Nullable String pending,
        List<Step> steps) {

    /** Where its resource lies; requests add their suffixes to it. */
    String path() {
        return '/' + route + '/' + id;
    }

    /**
     * One request of a client and all that follows from it.
     *
     * @param answers the origin's, one after the other, the last again and again; none where it must not be asked
     * @param asked how often it must be asked, and for what
     * @param eventually whether the client repeats its request until the answer is the expected one
     * @param twice whether a second client asks the same while the origin has sent half; it is the one that is checked
     */
    record Step(Ask ask, List<Answer> answers, Expected expected, Asked asked, boolean eventually, boolean twice) {}

    /**
     * What the client sends.
     *
     * @param suffix added to the row's path
     * @param body null for none
     */
    record Ask(
            String method,
            String suffix,
            Headers fields,
            @Nullable String body) {}

    /**
     * What the origin answers.
     *
     * @param body null for one that names row and step
     * @param interim heads that go before the final one, as they go on the wire
     * @param raw all of the answer as it goes on the wire, in place of everything else
     * @param manner how it goes out
     */
    record Answer(
            int status,
            Headers fields,
            @Nullable String body,
            List<String> interim,
            @Nullable String raw,
            Set<Manner> manner) {}

    /** What an origin can do besides answering properly. */
    enum Manner {
        /** No Date is added. */
        DATELESS,
        /** The body goes in chunks. */
        CHUNKED,
        /** The connection ends before any answer. */
        SILENT,
        /** The connection ends after half of the promised body. */
        BROKEN
    }

    /**
     * What the client must see.
     *
     * @param fields each with the one value that it must have
     * @param matching each with a pattern for its value
     * @param from the step whose body by the origin it must be; 0 for no matter
     * @param cacheStatus parameters of the member {@code weir}; the text {@code absent} for one that must not be there
     */
    record Expected(
            int status,
            Map<String, String> fields,
            Map<String, String> matching,
            List<String> absent,
            int from,
            @Nullable String body,
            Map<String, String> cacheStatus,
            @Nullable List<String> interim,
            boolean truncated) {}

    /**
     * What the origin must see.
     *
     * @param count of requests in this step, or {@link #ANY}
     * @param fields of the last one, {@code :method} and {@code :target} among them
     */
    record Asked(int count, Map<String, String> fields, Map<String, String> matching, List<String> absent) {

        /** However often: who asks again and again may set off more than one refresh. */
        static final int ANY = -1;
    }
}
