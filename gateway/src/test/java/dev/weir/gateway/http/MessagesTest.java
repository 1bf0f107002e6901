package dev.weir.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Heads of messages")
class MessagesTest {

    private final Request request = new Request("GET", "https", "h:8443", "/a", "b=c", Headers.empty());

    @Test
    @DisplayName("RFC 9110 §7.1: the target as it was sent")
    void target() {
        assertThat(request.url()).isEqualTo("https://h:8443/a?b=c");
        assertThat(new Request("GET", "http", "h", "/a", "", Headers.empty()).target())
                .isEqualTo("/a?");
        assertThat(new Request("GET", "http", "h", "/a", null, Headers.empty()).target())
                .isEqualTo("/a");
        assertThat(by("HEAD").isHead()).isTrue();
        assertThat(request.isHead()).isFalse();
    }

    private static Request by(String method) {
        return new Request(method, "https", "h", "/a", null, Headers.empty());
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "HEAD, true", "OPTIONS, true", "TRACE, true", "POST, false", "get, false", "QUERY, false"})
    @DisplayName("RFC 9110 §9.2.1: safe methods; an unknown one is not known to be safe")
    void safe(String method, boolean safe) {
        assertThat(by(method).isSafe()).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource({"103, true", "200, false", "204, true", "205, false", "304, true", "404, false"})
    @DisplayName("RFC 9110 §6.4.1: statuses without content")
    void bodiless(int status, boolean bodiless) {
        assertThat(new ResponseHead(status, Headers.empty()).isBodiless()).isEqualTo(bodiless);
    }
}
