package dev.weir.gateway.wiring;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this replica calls itself among its peers. */
final class ReplicaName {

    private ReplicaName() {}

    /** As set, or this machine's name and the public port. Two replicas must not have the same. */
    static String of(Settings settings) {
        String set = settings.replica().id();
        if (!set.isEmpty()) {
            return set;
        }
        try {
            return InetAddress.getLocalHost().getHostName() + ':' + settings.port();
        } catch (UnknownHostException nameless) {
            return "localhost:" + settings.port();
        }
    }
}
