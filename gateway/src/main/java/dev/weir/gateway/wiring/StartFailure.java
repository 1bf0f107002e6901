package dev.weir.gateway.wiring;

import dev.weir.gateway.route.InvalidRoutes;
import dev.weir.gateway.route.Problem;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import reactor.netty.ChannelBindException;

/** Says why the gateway does not start, to whoever has to mend it: what is wrong and what to do, no stack trace. */
final class StartFailure {

    private StartFailure() {}

    static String inWords(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidRoutes routes) {
                return routes.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
            }
            if (cause instanceof BindException wrong) {
                return SettingsCheck.inWords(wrong);
            }
            if (cause instanceof PortInUseException taken) {
                return "port " + taken.getPort() + " is in use: stop what listens there, or set WEIR_MANAGEMENT_PORT";
            }
            if (cause instanceof ChannelBindException taken) {
                return "port " + taken.localPort() + " can't be had (" + rootMessage(taken)
                        + "): stop what listens there, or set WEIR_PORT";
            }
            last = cause;
        }
        return rootMessage(last);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
