package dev.weir.loadtest.client;

import java.time.Duration;
import java.util.Optional;

/**
 * One request and what became of it.
 *
 * @param path path and query that were asked for
 * @param answer empty if none arrived whole
 * @param failure why there is no answer; empty if there is one
 * @param firstByte from the request's release until the response's head was read; zero without an answer
 * @param whole from the request's release until the last byte, or until the failure
 */
public record Visit(String path, Optional<Answer> answer, String failure, Duration firstByte, Duration whole) {

    static Visit failed(String path, Throwable failure, Duration whole) {
        String message = failure.getMessage();
        String reason = message == null ? failure.getClass().getSimpleName() : message;
        return new Visit(path, Optional.empty(), reason, Duration.ZERO, whole);
    }

    /** An answer arrived whole, and it is no error. */
    public boolean isGood() {
        return answer.map(Answer::status).orElse(599) < 400;
    }
}
