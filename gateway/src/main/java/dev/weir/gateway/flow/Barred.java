package dev.weir.gateway.flow;

import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.Parts;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.Storage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What keeps a response from the cache: the rules, and what the walk itself can't do. */
final class Barred {

    private Barred() {}

    /** Whether the 304 has made it a response that nobody may keep. */
    static boolean isWithdrawn(OriginFetch.Plan plan, ResponseHead head) {
        String reason = Storage.decide(plan.upstream(), head, plan.rules()).reason();
        return reason.equals("private") || reason.equals("no-store");
    }

    /**
     * Whether what a 304 says is for the one alone whose credential or cookies went with the question. It is judged by its own
     * fields: what the stored response grants was not said of this client.
     */
    static boolean isOfOneClient(OriginFetch.Plan plan, ResponseHead notModified) {
        return Storage.isCredentialed(plan.upstream(), plan.rules())
                && Storage.decide(plan.upstream(), new ResponseHead(200, notModified.headers()), plan.rules())
                                .verdict()
                        != Storage.Verdict.STORE;
    }

    /** Why that response is for the one who asked alone; null where it is to be stored. */
    static @Nullable String reason(OriginFetch.Plan plan, ResponseHead head, Set<Selector> selectors) {
        Storage storage = head.status() == 206
                ? Parts.decide(plan.upstream(), head, plan.rules())
                : Storage.decide(plan.upstream(), head, plan.rules());
        if (storage.verdict() == Storage.Verdict.PASS) {
            return storage.reason();
        }
        if (selectors.isEmpty()) {
            return "too-many-selectors";
        }
        return hasVisibleEnd(head) ? null : "close-delimited";
    }

    /** RFC 9112 §8: where only the connection's end marks the body's, nobody knows whether it is whole. */
    static boolean hasVisibleEnd(ResponseHead head) {
        return head.isBodiless()
                || head.headers().contains("Content-Length")
                || head.headers().contains("Transfer-Encoding");
    }
}
