package dev.weir.gateway.tunnel;

/** The bytes of a WebSocket's opening (RFC 6455 §1.3, its own example). */
final class Handshake {

    static final String REQUEST = onTheWire("""
            GET /chat?room=1 HTTP/1.1
            Host: a.test
            Connection: keep-alive, Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """);

    static final String ANSWER = onTheWire("""
            HTTP/1.1 101 Switching Protocols
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
            Sec-WebSocket-Protocol: chat

            """);

    private Handshake() {}

    private static String onTheWire(String lines) {
        return lines.replace("\n", "\r\n");
    }
}
