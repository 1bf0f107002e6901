package dev.weir.gateway.flow;

import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.CacheRules;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.Trust;
import dev.weir.gateway.policy.Validation;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.store.Held;
import dev.weir.gateway.store.ResponseStore;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the origin's answer to a forwarded HEAD tells of the stored GET (RFC 9111 §4.3.5): it is brought up to date, or it
 * is stale. Only an answer that could itself be stored and shared has a say: what one client's credential brings is not
 * news for all.
 */
final class HeadUpdate {

    private final ResponseStore store;
    private final Clock clock;

    HeadUpdate(ResponseStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Updates what is stored.
     *
     * @param sent noted before the HEAD went out
     * @return the purge to be recorded, where the stored response has been overtaken; null for none
     */
    @Nullable Purge apply(Inbound in, Target target, ResponseHead answer, Keeping.Sent sent) {
        CacheRules rules = target.rules();
        if (!in.request().isHead() || !rules.enabled() || answer.status() != 200) {
            return null;
        }
        CacheKey key = CacheKey.of(in.request(), rules);
        Request upstream = Upstream.whole(in, target.route(), key);
        if (!isAskedAsStored(in, target, upstream)) {
            return null;
        }
        Held held = store.inMemory(key, upstream, rules.hash());
        StoredResponse.Times times = new StoredResponse.Times(sent.at(), clock.instant());
        ResponseHead head = Storage.dated(answer, times);
        boolean forAll = Storage.decide(upstream, head, rules).verdict() == Storage.Verdict.STORE
                && Storage.isForAll(upstream, head, rules);
        if (held == null
                || held.stored().status() == 206
                || !forAll
                || !held.stored().key().equals(key)) {
            return null;
        }
        Trust trust = store.trust(held.stored());
        StoredResponse fresh = Validation.freshenByHead(held.stored(), head, times, sent.position());
        if (fresh == null) {
            Selector url = new Selector(Selector.Kind.URL, key.url());
            return trust == Trust.VALID
                    ? new Purge(Purge.newId(), Purge.Mode.SOFT, List.of(url), "HEAD " + key.path())
                    : null;
        }
        if (Validation.canValidate(held.stored(), trust)) {
            store.put(fresh, rules, Keep.of(fresh, rules));
        }
        return null;
    }

    /** Whether the origin was asked for what is stored: identity, under the key's own spelling. */
    private static boolean isAskedAsStored(Inbound in, Target target, Request upstream) {
        String codings = in.request().headers().list("Accept-Encoding");
        Request sent = Upstream.forwarded(in, target.route());
        return (codings == null || codings.equalsIgnoreCase("identity"))
                && sent.target().equals(upstream.target())
                && sent.authority().equals(upstream.authority());
    }
}
