package dev.weir.gateway.policy;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * May this response be stored, and so be shared with others (RFC 9111 §3)?
 *
 * @param reason why, as a token for Cache-Status and metrics
 */
public record Storage(Verdict verdict, String reason) {

    public enum Verdict {
        STORE,
        /** For this client alone. */
        PASS
    }

    /**
     * The verdict, from the heads alone.
     *
     * @param upstream the request as it went to the origin
     */
    public static Storage decide(Request upstream, ResponseHead head, CacheRules rules) {
        String bar = bar(upstream, head, rules);
        return bar == null ? new Storage(Verdict.STORE, "storable") : new Storage(Verdict.PASS, bar);
    }

    /**
     * Whether the request says whose it is, by a credential or by cookies that matter: what it brings may be about one
     * user, and what it provokes is nothing to hold against the others.
     */
    public static boolean isCredentialed(Request request, CacheRules rules) {
        return request.headers().contains("Authorization") || RequestCookies.matter(request.headers(), rules);
    }

    /**
     * Whether those who wait for the same fetch may have the response too. A request with a cookie may have been answered
     * for its sender, so only what says that it is for all is shared at once; the rest is for later requests, by its
     * freshness.
     */
    public static boolean isForAll(Request upstream, ResponseHead head, CacheRules rules) {
        CacheControl control = CacheControl.ruling(head.headers(), rules);
        return control.has("public") || control.has("s-maxage") || !RequestCookies.matter(upstream.headers(), rules);
    }

    /** One exchange with the origin. */
    public record Exchange(Request upstream, ResponseHead head, StoredResponse.Times times) {}

    /**
     * The response as it is stored (§3.1), without cookies. To be asked for only after {@link #decide} said so and the
     * whole body came.
     *
     * @param identity the whole content; one pass is made over it where the origin sent no entity tag
     */
    public static StoredResponse make(
            CacheKey key,
            Request upstream,
            ResponseHead head,
            StoredResponse.Times times,
            StoredResponse.Provenance provenance,
            byte[] identity) {
        return make(key, new Exchange(upstream, head, times), provenance, identity, CacheRules.DEFAULT);
    }

    /** The same, with cookies where the rules let them be stored. */
    public static StoredResponse make(
            CacheKey key, Exchange exchange, StoredResponse.Provenance provenance, byte[] identity, CacheRules rules) {
        Headers received = exchange.head().headers();
        Headers fields = exchange.head().status() == 206
                ? StoredHead.ofPart(received, exchange.times(), rules)
                : StoredHead.of(received, exchange.times(), identity, rules);
        return new StoredResponse(
                key,
                exchange.head().withHeaders(fields),
                exchange.times(),
                Vary.of(fields, exchange.upstream()),
                provenance,
                Body.of(identity));
    }

    /** The head with a Date: where it has none that is valid, the time it was received (RFC 9110 §6.6.1). */
    public static ResponseHead dated(ResponseHead head, StoredResponse.Times times) {
        return head.withHeaders(StoredHead.dated(head.headers(), times));
    }

    /** The fields meant for all recipients, without those that speak of one connection (RFC 9110 §7.6.1). */
    public static Headers endToEnd(Headers headers) {
        return HopByHop.strip(headers);
    }

    /** The fields of a stored or passing response that clients get: end to end, less what speaks to Weir alone. */
    public static Headers forClients(Headers headers) {
        return HopByHop.strip(headers).without(HopByHop.FOR_WEIR);
    }

    /** The fields that go to others than the one who asked: without what is stripped before storing. */
    public static Headers forOthers(Headers headers, CacheRules rules) {
        return rules.cookies().setCookie() == CacheRules.SetCookie.STORE ? headers : StoredHead.withoutCookies(headers);
    }

    /** Nothing may keep this, whatever the freshness: no-store and private. */
    static boolean isBarred(ResponseHead head, CacheControl control) {
        // §5.2.2.3: must-understand lifts no-store where the status is understood
        boolean noStore =
                control.has("no-store") && !(control.has("must-understand") && Statuses.isUnderstood(head.status()));
        return noStore || control.has("private");
    }

    private static @Nullable String bar(Request upstream, ResponseHead head, CacheRules rules) {
        Headers headers = head.headers();
        CacheControl control = CacheControl.ruling(headers, rules);
        if (!rules.enabled()) {
            return "disabled";
        }
        if (!upstream.isGet() && !isOwnRepresentation(upstream, head, rules)) {
            return "method"; // §3: the cache understands GET; HEAD has no content to store
        }
        if (head.status() < 200 || head.status() == 304) {
            return "not-final"; // §3; 304 updates (§4.3.4)
        }
        if (head.status() == 206) {
            return "partial"; // §3.3
        }
        if (Statuses.isOfOneClient(head.status())) {
            return "status"; // RFC 6585 §3 to §6
        }
        if (control.has("must-understand") && !Statuses.isUnderstood(head.status())) {
            return "must-understand"; // §3
        }
        if (isBarred(head, control)) {
            return control.has("private") ? "private" : "no-store"; // §5.2.2.7, §5.2.2.5
        }
        if (rules.obeyClient() && CacheControl.of(upstream.headers()).has("no-store")) {
            return "request-no-store"; // §5.2.1.5
        }
        if (head.isEventStream()) {
            return "event-stream"; // never whole, and each listener has its own
        }
        boolean setsCookie = headers.contains("Set-Cookie") || headers.contains("Set-Cookie2");
        if (setsCookie && rules.cookies().setCookie() == CacheRules.SetCookie.PASS) {
            return "set-cookie"; // §7.3: may be stored by the letter; never shared here
        }
        if (Vary.isAny(headers)) {
            return "vary"; // §4.1: never matches
        }
        return credentialOrUse(upstream, head, control, rules);
    }

    private static @Nullable String credentialOrUse(
            Request upstream, ResponseHead head, CacheControl control, CacheRules rules) {
        if (upstream.headers().contains("Authorization") && !mayShareAuthorized(control)) {
            return "authorization";
        }
        if (!Freshness.ofResponse(head, rules).isExplicit() && RequestCookies.matter(upstream.headers(), rules)) {
            return "cookie"; // a page made for one user, of which its origin did not say that others may have it
        }
        Freshness freshness = Freshness.of(head, rules);
        // §3: public, explicit freshness, or a status that allows a heuristic
        boolean stated =
                freshness.isExplicit() || control.has("public") || Statuses.isHeuristicallyCacheable(head.status());
        if (!stated || !isOfUse(head.headers(), control, freshness)) {
            return "no-freshness";
        }
        return length(head.headers()) > rules.maxObjectBytes() ? "too-large" : null;
    }

    /**
     * RFC 9110 §9.3.3: the answer to a POST may be kept for later GETs if it says for how long, and that it is what its
     * own target URI now stands for.
     */
    private static boolean isOwnRepresentation(Request upstream, ResponseHead head, CacheRules rules) {
        String location = head.headers().only("Content-Location");
        return upstream.method().equals("POST")
                && location != null
                && Freshness.of(head, rules).isExplicit()
                && CacheKey.of(upstream).equals(References.resolve(upstream, location));
    }

    /** §3.5: only these say that the answer to one user's credential is for all. */
    private static boolean mayShareAuthorized(CacheControl control) {
        return control.has("public") || control.has("s-maxage") || control.has("must-revalidate");
    }

    /** Whether it could ever answer anything: by its freshness, a validation, or a window of staleness. */
    private static boolean isOfUse(Headers headers, CacheControl control, Freshness freshness) {
        if (Validation.validators(headers) != Terms.Validators.NONE) {
            return true;
        }
        boolean lives = freshness.lifetime().compareTo(Duration.ZERO) > 0
                || (freshness.isExplicit() && control.has("stale-while-revalidate"));
        return lives && !control.has("no-cache");
    }

    private static long length(Headers headers) {
        String length = headers.first("Content-Length");
        return length == null ? 0 : CacheControl.deltaSeconds(length);
    }
}
