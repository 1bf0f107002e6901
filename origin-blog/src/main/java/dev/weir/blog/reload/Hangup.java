package dev.weir.blog.reload;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP as a {@link Runnable}. The JDK has no supported way to catch a signal; {@code sun.misc.Signal} of the module
 * jdk.unsupported is the one that works, and by reflection because merely naming it is a compiler warning that no
 * annotation silences.
 */
public final class Hangup {
    private static final Logger log = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /**
     * Runs {@code action} at every SIGHUP from now on, in place of the default, which ends the process.
     *
     * @param action runs on a thread of the JVM's own at each signal; must be quick
     * @return whether the signal will arrive; if not, the reason is in the log
     */
    public static boolean install(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object previous = signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy(handler, action));
            if (handler.getField("SIG_IGN").get(null).equals(previous)) {
                // The JVM leaves a hang-up ignored if it was so at its start, as below nohup.
                log.warn("this process was started with SIGHUP ignored: a hang-up will not reload");
                return false;
            }
            return true;
        } catch (InvocationTargetException e) {
            log.warn("SIGHUP can't be caught here: {}", String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            log.warn("this Java can't catch SIGHUP: {}", e.toString());
        }
        return false;
    }

    private static Object proxy(Class<?> handler, Runnable action) {
        return Proxy.newProxyInstance(
                Hangup.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "handle" -> action.run();
                        case "equals" -> {
                            return self == arguments[0];
                        }
                        case "hashCode" -> {
                            return System.identityHashCode(self);
                        }
                        default -> {
                            return "Hangup";
                        }
                    }
                    return null;
                });
    }
}
