package dev.weir.gateway.flow;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.observe.Outcome.Verdict;
import dev.weir.gateway.origin.OriginFailure;
import dev.weir.gateway.route.Action;
import dev.weir.gateway.route.Route;

/** Replies that the gateway gives by itself: redirects, and word of what went wrong. */
final class Replies {

    private Replies() {}

    static Reply redirect(Route route, Action.Redirect redirect) {
        ResponseHead head = new ResponseHead(
                redirect.status(),
                Headers.of(
                        "Location", redirect.location(),
                        "Content-Length", "0",
                        "Cache-Control", "no-cache",
                        "Cache-Status", "weir; detail=redirect"));
        return Reply.empty(head, new Outcome(route.id(), Verdict.LOCAL, redirect.status()));
    }

    static Reply noRoute(Request request) {
        return Problem.reply("-", 404, "No route", "No route matches " + request.path() + '.', Verdict.LOCAL);
    }

    static Reply onlyIfCached(Walk walk) {
        return Problem.reply(
                walk.target().id(),
                504,
                "Not in the cache",
                "The request asks for a stored response only, and there is none that may be used.",
                Verdict.FAILED);
    }

    /** RFC 9111 §5.2.2.2: what must be validated is not served when that can't be done. */
    static Reply notValidated(Target target, OriginFailure failure) {
        return Problem.reply(
                target.id(),
                504,
                "Not validated",
                "The stored response may not be used without asking origin " + failure.origin() + ": "
                        + failure.kind().text() + '.',
                Verdict.FAILED);
    }

    /** Past the route's bound on those who wait for one fetch. */
    static Reply crowded(Target target) {
        return Problem.retryLater(
                target.id(), "As many requests wait for this page as may; the origin is being asked for it.");
    }

    static Reply failed(Target target, OriginFailure failure) {
        return Problem.failed(target, failure);
    }
}
