package dev.weir.blog.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurgeSettingsTest {
    private static final URI GATEWAY = URI.create("http://127.0.0.1:9080");

    @Test
    void neverShowsTheKey() {
        assertThat(new PurgeSettings(List.of(GATEWAY), "s3cret").toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> new PurgeSettings(List.of(GATEWAY), "s3cret\r\nX: y"))
                .hasMessageContaining("WEIR_ADMIN_KEY")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void needsAKeyForAddresses() {
        assertThatThrownBy(() -> new PurgeSettings(List.of(GATEWAY), "")).hasMessageContaining("WEIR_ADMIN_KEY");
        assertThat(new PurgeSettings(List.of(), "").isOff()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9080x/", "ftp://u:p4ss@h/", "gateway", "http:///x"})
    void refusesWhatIsNoAddressWithoutRepeatingIt(String address) {
        assertThatThrownBy(() -> new PurgeSettings(List.of(GATEWAY, URI.create("x:" + address)), "k"))
                .hasMessageStartingWith("entry 2 of WEIR_PURGE_URLS")
                .hasMessageNotContaining("p4ss");
    }
}
