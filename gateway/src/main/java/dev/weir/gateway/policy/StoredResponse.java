package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A stored response (RFC 9111 §1.2): one variant of one key, with all that is needed to judge and to replay it.
 * Immutable; its byte arrays are shared and must not be written to.
 *
 * @param key the primary key, kept for comparison and for the record in Redis
 * @param head status and fields as received, less what may not be stored (§3.1)
 * @param times when it was asked for and received
 * @param variant which requests it can answer
 * @param provenance what the cache itself knows of it
 * @param body the representation in each coding at hand
 */
public record StoredResponse(
        CacheKey key, ResponseHead head, Times times, Variant variant, Provenance provenance, Body body) {

    /**
     * When the exchange happened (§4.2.3), by the wall clock of the replica that fetched, to the millisecond.
     *
     * @param requested when the request that caused it was sent ({@code request_time})
     * @param received when its head came ({@code response_time})
     */
    public record Times(Instant requested, Instant received) {}

    /**
     * The fields that the response's Vary names with the values that the request sent upstream had (§4.1).
     *
     * @param names lower case, sorted; empty where nothing varies
     * @param values per name, in the same order: the normalised value, or the empty string for an absent field
     */
    public record Variant(List<String> names, List<String> values) {

        public static final Variant NONE = new Variant(List.of(), List.of());

        public Variant {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }
    }

    /**
     * What the cache knows of a stored response that its origin did not say.
     *
     * @param position what the replica had applied of the invalidation log when the fetch began
     * @param rulesHash of the route's cache rules at the time; another hash is a miss
     * @param selectors all that a purge could name it by
     */
    public record Provenance(LogPosition position, String rulesHash, Set<Selector> selectors) {
        public Provenance {
            selectors = Set.copyOf(selectors);
        }
    }

    public int status() {
        return head.status();
    }

    public Headers headers() {
        return head.headers();
    }

    public StoredResponse withVariant(Variant other) {
        return new StoredResponse(key, head, times, other, provenance, body);
    }

    public StoredResponse withBody(Body other) {
        return new StoredResponse(key, head, times, variant, provenance, other);
    }
}
