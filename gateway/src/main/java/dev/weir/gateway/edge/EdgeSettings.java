package dev.weir.gateway.edge;

import java.time.Duration;

/**
 * The front door.
 *
 * @param address to listen on
 * @param port 0 for any free one
 * @param limits what a client may send
 * @param grace how long requests in progress may take to end at a stop
 */
public record EdgeSettings(String address, int port, Limits limits, Duration grace) {

    /**
     * The bounds on one connection.
     *
     * @param maxTargetBytes longest request line; a longer one is answered 414
     * @param maxHeadBytes largest sum of fields; a larger one is answered 431
     * @param idle how long a connection may be silent between requests
     * @param read longest silence while a request is being sent
     * @param write how long one piece of a reply may take to leave; a client that takes nothing for so long is cut off
     * @param connections how many may be open at a time; a further one is closed at once
     */
    public record Limits(
            int maxTargetBytes, int maxHeadBytes, Duration idle, Duration read, Duration write, int connections) {}
}
