package dev.weir.ssr.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;

/**
 * A problem detail of RFC 9457.
 *
 * @param fields what was expected of each wrong field; empty, and then left out, if it is not about fields
 */
record Problem(
        int status,
        String title,
        String detail,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> fields) {
    Problem {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static Problem of(HttpStatus status, String detail) {
        return new Problem(status.value(), status.getReasonPhrase(), detail, Map.of());
    }
}
