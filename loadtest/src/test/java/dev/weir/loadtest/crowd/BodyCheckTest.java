package dev.weir.loadtest.crowd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class BodyCheckTest {
    @Test
    void isExactHoweverTheBodyIsCutIntoPieces() {
        assertThat(check(0, "0123456789").exact()).isTrue();
        assertThat(check(0, "0", "12345", "", "6789").exact()).isTrue();
    }

    @Test
    void anyOtherByteMissingByteOrByteTooManyIsNotExact() {
        assertThat(check(0, "012345678X").exact()).isFalse();
        assertThat(check(0, "012", "X456789").exact()).isFalse();
        assertThat(check(0, "012345678").exact()).isFalse();
        assertThat(check(0, "0123456789", "0").exact()).isFalse();
        assertThat(check(0).exact()).isFalse();
    }

    @Test
    void theSerialMayBeAnyAndIsKept() {
        assertThat(check(4, "ab", "cd45", "6789")).isEqualTo(new BodyCheck.Result(true, "abcd"));
        assertThat(check(4, "abcdX56789").exact()).isFalse();
        assertThat(check(4, "ab")).isEqualTo(new BodyCheck.Result(false, "ab"));
    }

    private static BodyCheck.Result check(int serialSize, String... pieces) {
        BodyCheck check = new BodyCheck("0123456789".getBytes(US_ASCII), serialSize);
        for (String piece : pieces) {
            check.next(Unpooled.copiedBuffer(piece, US_ASCII));
        }
        return check.result();
    }
}
