package dev.weir.gateway.tunnel;

/** The bytes of a WebSocket's opening (RFC 6455 §1.3, its own example). */
final class Handshake {

    static final String REQUEST = "GET /chat?room=1 HTTP/1.1\r\nHost: a.test\r\nConnection: keep-alive, Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    static final String ANSWER = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: chat\r\n\r\n";

    private Handshake() {}
}
