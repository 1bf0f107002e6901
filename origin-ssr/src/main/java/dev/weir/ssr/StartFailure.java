package dev.weir.ssr;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** Says in one line why the start failed. */
final class StartFailure {
    private StartFailure() {}

    static String explain(Throwable failure) {
        Throwable cause = failure;
        while (true) {
            if (cause instanceof PortInUseException inUse) {
                return "port " + inUse.getPort() + " is in use (SSR_PORT chooses another)";
            }
            Throwable deeper = cause.getCause();
            if (deeper == null || deeper == cause) {
                return oneLine(cause.getMessage(), cause);
            }
            cause = deeper;
        }
    }

    private static String oneLine(@Nullable String message, Throwable cause) {
        return message == null
                ? cause.getClass().getName()
                : message.lines().findFirst().orElse("");
    }
}
