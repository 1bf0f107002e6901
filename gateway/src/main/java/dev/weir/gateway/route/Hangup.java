package dev.weir.gateway.route;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an action at each SIGHUP, which would end the process otherwise; closing it gives the signal back to whoever had
 * it. The JDK's only way to a signal, {@code sun.misc.Signal}, is called by reflection: compiled against, it warns
 * without a means to silence it. Where it is absent or the platform has no SIGHUP, nothing happens but a line in the log.
 */
public final class Hangup implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Hangup.class);

    private final @Nullable Object previous;

    private Hangup(@Nullable Object previous) {
        this.previous = previous;
    }

    /** Installs the action; the JVM runs it on a thread of its own for each signal. */
    public static Hangup runs(Runnable action) {
        try {
            Object handler = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(),
                    new Class<?>[] {Class.forName("sun.misc.SignalHandler")},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            run(action);
                            yield null;
                        }
                        case "equals" -> arguments != null && proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "Hangup";
                    });
            return new Hangup(install(handler));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.warn("SIGHUP does not reload on this platform: {}", e.toString());
            return new Hangup(null);
        }
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("the action for SIGHUP failed", e);
        }
    }

    /** Returns the handler that was there before. */
    private static @Nullable Object install(Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handlers = Class.forName("sun.misc.SignalHandler");
        Method handle = signal.getMethod("handle", signal, handlers);
        return handle.invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handler);
    }

    @Override
    public void close() {
        if (previous != null) {
            try {
                install(previous);
            } catch (ReflectiveOperationException e) {
                log.warn("SIGHUP could not be given back: {}", e.toString());
            }
        }
    }
}
