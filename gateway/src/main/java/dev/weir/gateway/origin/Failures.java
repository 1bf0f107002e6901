package dev.weir.gateway.origin;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.timeout.TimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** Finds the row of {@link OriginFailure.Kind} for what a library threw. */
final class Failures {

    private Failures() {}

    static OriginFailure of(String origin, Throwable thrown) {
        if (thrown instanceof OriginFailure known) {
            return known;
        }
        return new OriginFailure(kind(thrown), origin, detail(thrown));
    }

    private static OriginFailure.Kind kind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = deeper(cause)) {
            if (cause instanceof UnknownHostException) {
                return OriginFailure.Kind.UNRESOLVED;
            }
            if (cause instanceof ConnectTimeoutException) {
                return OriginFailure.Kind.CONNECT_TIMEOUT;
            }
            if (cause instanceof ConnectException) {
                return OriginFailure.Kind.REFUSED;
            }
            if (cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException) {
                return OriginFailure.Kind.RESPONSE_TIMEOUT;
            }
            if (cause instanceof PoolAcquirePendingLimitException || cause instanceof PoolAcquireTimeoutException) {
                return OriginFailure.Kind.SATURATED;
            }
            if (cause instanceof CallNotPermittedException) {
                return OriginFailure.Kind.BREAKER_OPEN;
            }
            if (cause instanceof IllegalArgumentException || cause instanceof TooLongFrameException) {
                return OriginFailure.Kind.MALFORMED;
            }
        }
        return OriginFailure.Kind.BROKEN;
    }

    private static @Nullable Throwable deeper(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    static String detail(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }
}
