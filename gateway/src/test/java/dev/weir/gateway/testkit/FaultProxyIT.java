package dev.weir.gateway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.gateway.testkit.FaultProxy.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy in front of a real Redis, asked to say back what it is told. */
class FaultProxyIT {

    private RedisServer redis;
    private FaultProxy proxy;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        proxy = FaultProxy.to(redis.port(), "magic");
    }

    @AfterEach
    void stop() {
        proxy.close();
        redis.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void tell(Socket socket, String word) throws IOException {
        socket.getOutputStream().write(("ECHO " + word + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** One answer of an echo, its length line dropped. */
    private static String heard(Socket socket) throws IOException {
        line(socket);
        return line(socket);
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c != '\n';
                c = socket.getInputStream().read()) {
            if (c < 0) {
                throw new IOException("ended");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static String echo(Socket socket, String word) throws IOException {
        tell(socket, word);
        return heard(socket);
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(50);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(10_000);
    }

    @Test
    void withoutAFaultAllPasses() throws IOException {
        try (Socket one = connect();
                Socket two = connect()) {
            assertThat(echo(one, "a")).isEqualTo("a");
            assertThat(echo(two, "b")).isEqualTo("b");
            assertThat(proxy.open()).isEqualTo(2);
        }
        Eventually.get(proxy::open, open -> open == 0);
    }

    @Test
    void cutEndsWhatIsThereAndWhatComes() throws IOException {
        try (Socket before = connect()) {
            assertThat(echo(before, "a")).isEqualTo("a");

            proxy.cut();

            assertThatThrownBy(() -> echo(before, "b")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> echo(connect(), "c")).isInstanceOf(IOException.class);
        }
        proxy.heal();
        try (Socket after = connect()) {
            assertThat(echo(after, "d")).isEqualTo("d");
        }
    }

    @Test
    void whatIsFrozenComesLate() throws IOException {
        try (Socket before = connect()) {
            assertThat(echo(before, "a")).isEqualTo("a");
            proxy.freeze(Way.TO_SERVER, Way.TO_CLIENT);
            try (Socket after = connect()) {
                tell(before, "b");
                tell(after, "c");
                assertSilent(before);
                assertSilent(after);

                proxy.heal();

                assertThat(heard(before)).isEqualTo("b");
                assertThat(heard(after)).isEqualTo("c");
            }
        }
    }

    @Test
    void oneWayMayBeFrozenAlone() throws IOException {
        try (Socket socket = connect()) {
            assertThat(echo(socket, "a")).isEqualTo("a");
            proxy.freeze(Way.TO_CLIENT);

            socket.getOutputStream().write("SET arrived yes\r\n".getBytes(StandardCharsets.US_ASCII));

            Eventually.get(() -> redis.command("EXISTS arrived"), ":1"::equals);
            assertSilent(socket);
            proxy.heal();
            assertThat(line(socket)).isEqualTo("+OK");
        }
    }

    @Test
    void whatIsLostStaysLostAndSoDoesItsConnection() throws IOException {
        try (Socket before = connect()) {
            assertThat(echo(before, "a")).isEqualTo("a");
            proxy.lose();
            tell(before, "b");
            assertSilent(before);

            proxy.heal();

            tell(before, "c");
            assertSilent(before);
            try (Socket after = connect()) {
                assertThat(echo(after, "d")).isEqualTo("d");
            }
        }
    }

    @Test
    void aResetIsOne() throws IOException {
        try (Socket before = connect()) {
            assertThat(echo(before, "a")).isEqualTo("a");

            proxy.reset();

            assertThatThrownBy(() -> line(before)).hasMessageContaining("reset");
            try (Socket after = connect()) {
                assertThat(echo(after, "b")).isEqualTo("b");
            }
        }
    }

    @Test
    void whatIsDelayedComesInOrder() throws IOException {
        proxy.delay(Duration.ofMillis(20));
        try (Socket socket = connect()) {
            tell(socket, "a");
            tell(socket, "b");

            assertThat(heard(socket)).isEqualTo("a");
            assertThat(heard(socket)).isEqualTo("b");
        }
    }

    @Test
    void aFaultMayStrikeThoseThatSpokeAWordOnly() throws IOException {
        try (Socket one = connect();
                Socket two = connect()) {
            assertThat(echo(one, "magic")).isEqualTo("magic");
            proxy.freezeThoseWith("magic");

            tell(one, "a");

            assertSilent(one);
            assertThat(echo(two, "b")).isEqualTo("b");
            tell(two, "magic");
            assertSilent(two);
            proxy.heal();
            assertThat(heard(two)).isEqualTo("magic");
        }
    }
}
