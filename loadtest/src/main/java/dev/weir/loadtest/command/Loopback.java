package dev.weir.loadtest.command;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The only place a load test may aim at: this machine. A slip of the hand must not flood somebody else's server. */
final class Loopback {
    private Loopback() {}

    static URI address(String option, String value) throws UsageException {
        try {
            URI uri = new URI(value.endsWith("/") ? value : value + "/");
            String host = uri.getHost();
            if (!"http".equals(uri.getScheme()) || host == null || !"/".equals(uri.getRawPath())) {
                throw new UsageException(option + " takes a URL such as http://127.0.0.1:8080 (got '" + value + "')");
            }
            if (!Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress)) {
                throw new UsageException(option + " " + value
                        + " is not on this machine: the load test only aims at loopback addresses");
            }
            return uri;
        } catch (URISyntaxException malformed) {
            throw new UsageException(option + " takes a URL such as http://127.0.0.1:8080 (got '" + value + "')");
        } catch (UnknownHostException unknown) {
            throw new UsageException(option + " " + value + ": there is no such host");
        }
    }
}
