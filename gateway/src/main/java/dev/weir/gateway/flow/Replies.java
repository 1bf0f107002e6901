package dev.weir.gateway.flow;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.observe.Outcome;
import dev.weir.gateway.observe.Outcome.Verdict;
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
}
