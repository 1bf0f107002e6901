package dev.weir.loadtest.rig;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScriptedBodyTest {
    @Test
    void differsInItsSerialAlone() {
        byte[] first = ScriptedBody.numbered(1);
        byte[] last = ScriptedBody.numbered(Long.MAX_VALUE / 1_000);

        assertThat(first).hasSize(ScriptedBody.SIZE);
        assertThat(new String(first, 0, ScriptedBody.SERIAL_SIZE, US_ASCII)).isEqualTo("0000000000000001");
        assertThat(Arrays.mismatch(first, last)).isLessThan(ScriptedBody.SERIAL_SIZE);
        assertThat(tail(first)).isEqualTo(tail(last));
    }

    private static byte[] tail(byte[] body) {
        return Arrays.copyOfRange(body, ScriptedBody.SERIAL_SIZE, body.length);
    }
}
