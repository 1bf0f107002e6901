package dev.weir.gateway.flow;

import static dev.weir.gateway.testkit.GatewayUnderTest.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.testkit.GatewayUnderTest;
import dev.weir.gateway.testkit.RawOrigin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("an origin that frames its answers in odd ways")
class OriginFramingIT {

    private static final String OK = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 5\r\n\r\n";
    private static final String SMUGGLED =
            "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 4\r\n\r\nevil";

    private static GatewayUnderTest inFrontOf(RawOrigin origin) {
        return GatewayUnderTest.start(GatewayUnderTest.routesTo(origin.url(), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <b>\r\n\r\n",
                "HTTP/1.1 199 Whatever\r\n\r\n"
            })
    @DisplayName("may send interim answers before the final one, which alone is stored")
    void interim(String interim) throws IOException {
        try (RawOrigin origin = RawOrigin.of(path -> interim + OK + "hello");
                GatewayUnderTest gateway = inFrontOf(origin)) {
            HttpResponse<String> first = gateway.get("/");
            HttpResponse<String> second = gateway.get("/");
            gateway.get("/other");

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("hello");
            assertThat(first.headers().firstValue("Link")).isEmpty();
            assertThat(status(second)).startsWith("weir; hit");
            assertThat(origin.connections())
                    .as("the connection is as good as before")
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("may let the final answer come later than the interim one")
    void interimFirst() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        RawOrigin.Script script = (head, out) -> {
            RawOrigin.write(out, "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n");
            RawOrigin.write(out, "\r\n");
            asked.countDown();
            RawOrigin.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
            return true;
        };
        try (RawOrigin origin = new RawOrigin(script);
                GatewayUnderTest gateway = inFrontOf(origin)) {
            assertThat(gateway.get("/").body()).isEqualTo("hello");
            assertThat(gateway.send("POST", "/", null).body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"surplus", "\r\n", SMUGGLED, "HTTP/1.1 200 OK\r\nContent-Le"})
    @DisplayName("can't poison the next answer with bytes beyond Content-Length")
    void surplus(String surplus) throws IOException {
        try (RawOrigin origin = RawOrigin.of(path -> OK + path + (path.equals("/long") ? surplus : ""));
                GatewayUnderTest gateway = inFrontOf(origin)) {
            assertThat(gateway.get("/long").body()).isEqualTo("/long");

            for (String path : new String[] {"/aaaa", "/bbbb", "/cccc"}) {
                HttpResponse<String> next = gateway.get(path);
                assertThat(next.statusCode()).isEqualTo(200);
                assertThat(next.body()).isEqualTo(path);
            }
            assertThat(origin.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout=1 | 2",
                "timeout=0 | 2",
                "max=100, Timeout=1 | 2",
                "timeout=30 | 1",
                "max=100 | 1",
                "timeout=soon | 1"
            })
    @DisplayName("may say how long it keeps an idle connection: none is used when that is about to be over")
    void keepAlive(String value, int connections) throws IOException {
        String answer = OK.replace("\r\n\r\n", "\r\nKeep-Alive: " + value + "\r\n\r\n");
        try (RawOrigin origin = RawOrigin.of(path -> answer + path);
                GatewayUnderTest gateway = inFrontOf(origin)) {
            for (String path : new String[] {"/aaaa", "/bbbb"}) {
                assertThat(gateway.get(path).body()).isEqualTo(path);
            }

            assertThat(origin.connections()).isEqualTo(connections);
        }
    }

    @Test
    @DisplayName("can't poison the next answer with bytes sent while nobody asks")
    void unasked() throws IOException {
        CountDownLatch sent = new CountDownLatch(1);
        RawOrigin.Script script = (head, out) -> {
            RawOrigin.write(out, OK + "hello");
            if (head.startsWith("GET /long")) {
                RawOrigin.write(out, SMUGGLED);
                sent.countDown();
            }
            return true;
        };
        try (RawOrigin origin = new RawOrigin(script);
                GatewayUnderTest gateway = inFrontOf(origin)) {
            gateway.get("/long");
            sent.await();
            for (int i = 0; i < 5; i++) {
                assertThat(gateway.get("/" + i).body()).isEqualTo("hello");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("can't poison the next answer with content for a HEAD")
    void contentForHead() throws IOException {
        try (RawOrigin origin = RawOrigin.of(path -> OK + "hello");
                GatewayUnderTest gateway = GatewayUnderTest.start(
                        GatewayUnderTest.routesTo(origin.url(), "    cache: { enabled: false }\n"))) {
            assertThat(gateway.send("HEAD", "/", null).statusCode()).isEqualTo(200);
            assertThat(gateway.get("/").body()).isEqualTo("hello");
            assertThat(gateway.get("/").body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "unknown", "chunked, unknown", "gzip, chunked"})
    @DisplayName("is answered for with 502 under a transfer coding that nobody knows")
    void unknownTransferCoding(String coding) throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + coding + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        try (RawOrigin origin = RawOrigin.of(path -> answer);
                GatewayUnderTest gateway = inFrontOf(origin)) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(502);
        }
    }
}
