package dev.weir.gateway.wiring;

import dev.weir.gateway.redis.Replica;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** What this replica calls itself among its peers. */
final class ReplicaName {

    private ReplicaName() {}

    /** As set, or this machine's name and the public port; then some digits that are new with each start. */
    static Replica of(Settings settings) {
        String set = settings.replica().id();
        String name = set.isEmpty() ? host() + ':' + settings.port() : set;
        String start = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 6);
        return new Replica(
                name + '/' + start,
                settings.management().address() + ':' + settings.management().port());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
