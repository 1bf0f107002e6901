package dev.weir.loadtest.crowd;

import java.nio.charset.StandardCharsets;

/**
 * What all of a crowd ask, and what they expect. The array is not copied: it is the same for ten thousand clients.
 *
 * @param host the Host field's value, the same at every door: it is part of a cache's key
 * @param path path and query
 * @param body what every answer's body should be; nobody may change it
 * @param serialSize how many bytes at its start may differ
 */
@SuppressWarnings("ArrayRecordComponent") // an identity of its own is all that it needs
public record Question(String host, String path, byte[] body, int serialSize) {
    byte[] request() {
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept-Encoding: identity\r\n\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }
}
