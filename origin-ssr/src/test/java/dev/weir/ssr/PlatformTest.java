package dev.weir.ssr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlatformTest {
    @Test
    void isLinuxOnX86() {
        assertThat(Platform.supported("Linux", "amd64")).isTrue();
        assertThat(Platform.supported("Linux", "aarch64")).isFalse();
        assertThat(Platform.supported("Mac OS X", "x86_64")).isFalse();
        assertThat(Platform.supported("Windows 11", "amd64")).isFalse();
    }
}
