package dev.weir.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;
import reactor.netty.ChannelBindException;

class StartFailureTest {

    @Test
    void aTakenPortIsNamedWithTheSettingThatMovesIt() {
        ChannelBindException edge = ChannelBindException.fail(
                InetSocketAddress.createUnresolved("127.0.0.1", 8080), new BindException("in use"));

        assertThat(StartFailure.inWords(new IllegalStateException("context", edge)))
                .contains("8080", "in use", "WEIR_PORT");
        assertThat(StartFailure.inWords(new PortInUseException(9080))).contains("9080", "WEIR_MANAGEMENT_PORT");
    }

    @Test
    void anythingElseIsSaidByItsRootCause() {
        IllegalArgumentException root = new IllegalArgumentException("redis.uri: x (expected: y)");

        assertThat(StartFailure.inWords(new IllegalStateException("bean", new IllegalStateException("factory", root))))
                .isEqualTo("redis.uri: x (expected: y)");
    }
}
