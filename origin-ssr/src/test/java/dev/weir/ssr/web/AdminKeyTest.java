package dev.weir.ssr.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdminKeyTest {
    @Test
    void opensWithTheKeyAlone() {
        AdminKey key = new AdminKey("secret");

        assertThat(key.opens("Bearer secret")).isTrue();
        assertThat(key.opens("bearer secret")).isTrue();
        assertThat(key.opens("Bearer secre")).isFalse();
        assertThat(key.opens("Bearer ")).isFalse();
        assertThat(key.opens("secret")).isFalse();
        assertThat(key.opens(null)).isFalse();
    }

    @Test
    void opensForNobodyWithoutAKey() {
        assertThat(new AdminKey("").opens("Bearer ")).isFalse();
    }
}
