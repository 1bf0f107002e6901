package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.purge.Purge;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PurgeCodecTest {

    @ParameterizedTest
    @EnumSource(Purge.Mode.class)
    void whatIsWrittenIsReadBack(Purge.Mode mode) {
        Purge purge = new Purge(
                "id-1",
                mode,
                Arrays.stream(Selector.Kind.values())
                        .map(kind -> new Selector(kind, "value of " + kind))
                        .toList(),
                "why");

        assertThat(PurgeCodec.decode(PurgeCodec.encode(purge))).isEqualTo(purge);
    }

    @Test
    void whatCantBeReadStrikesEverything() {
        byte[] entry = PurgeCodec.encode(new Purge("i", Purge.Mode.HARD, List.of(Selector.ALL), ""));
        byte[] later = entry.clone();
        later[0]++;

        for (int length = 0; length < entry.length; length++) {
            assertStrikesAll(Arrays.copyOf(entry, length));
        }
        assertStrikesAll(Arrays.copyOf(entry, entry.length + 1));
        assertStrikesAll(later);
    }

    private static void assertStrikesAll(byte[] entry) {
        assertThat(PurgeCodec.decode(entry).selectors()).containsExactly(Selector.ALL);
        assertThat(PurgeCodec.decode(entry).id()).isEqualTo("unreadable");
    }
}
