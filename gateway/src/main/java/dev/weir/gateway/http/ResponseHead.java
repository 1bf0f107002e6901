package dev.weir.gateway.http;

/**
 * The head of a response: the final one, unless it is said to be interim.
 *
 * @param status 200 to 599 in practice; unknown codes are kept as they are (RFC 9110 §15); 1xx where it is interim
 */
public record ResponseHead(int status, Headers headers) {

    public ResponseHead withHeaders(Headers other) {
        return new ResponseHead(status, other);
    }

    /** Whether events follow as they happen, without an end (HTML §9.2). */
    public boolean isEventStream() {
        String type = headers.first("Content-Type");
        if (type == null) {
            return false;
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().equalsIgnoreCase("text/event-stream");
    }

    /** Whether this status never has content (RFC 9110 §6.4.1). */
    public boolean isBodiless() {
        return status < 200 || status == 204 || status == 304;
    }
}
