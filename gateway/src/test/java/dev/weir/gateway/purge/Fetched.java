package dev.weir.gateway.purge;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import java.time.Instant;
import java.util.Set;

/** A stored response of which only position and selectors matter. */
final class Fetched {

    private Fetched() {}

    static StoredResponse at(LogPosition position, Selector... selectors) {
        Request request = new Request("GET", "http", "a.test", "/page", null, Headers.empty());
        Instant then = Instant.EPOCH;
        return Storage.make(
                CacheKey.of(request),
                request,
                new ResponseHead(200, Headers.empty()),
                new StoredResponse.Times(then, then),
                new StoredResponse.Provenance(position, "rules", Set.of(selectors)),
                new byte[0]);
    }
}
