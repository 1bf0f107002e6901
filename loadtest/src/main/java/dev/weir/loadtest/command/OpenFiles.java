package dev.weir.loadtest.command;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Each connection is an open file, and the system bounds those; better told before than by a thousand errors. */
public final class OpenFiles {
    private static final int OWN_NEEDS = 200;

    private OpenFiles() {}

    /** Refuses more connections than this process may open. */
    public static void require(int connections) throws UsageException {
        long limit = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
        require(connections, limit);
    }

    static void require(int connections, long limit) throws UsageException {
        if (limit - OWN_NEEDS < connections) {
            throw new UsageException(
                    "%d connections need %d open files, the limit is %d: raise it by 'ulimit -n %d', here and for the stack, or take fewer"
                            .formatted(connections, connections + OWN_NEEDS, limit, connections + OWN_NEEDS));
        }
    }
}
