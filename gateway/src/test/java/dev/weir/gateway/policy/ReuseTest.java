package dev.weir.gateway.policy;

import static dev.weir.gateway.policy.Given.RULES;
import static dev.weir.gateway.policy.Given.after;
import static dev.weir.gateway.policy.Given.get;
import static dev.weir.gateway.policy.Given.stored;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReuseTest {

    @ParameterizedTest(name = "{0} after {1} s with {2} is {3}")
    @CsvSource(delimiter = '|', textBlock = """
            max-age=60 | 59 | VALID | FRESH | fresh
            max-age=60 | 60 | VALID | MISS | stale
            max-age=60, stale-while-revalidate=30 | 90 | VALID | STALE_WHILE_REVALIDATE | stale-while-revalidate
            max-age=60, stale-while-revalidate=30 | 91 | VALID | MISS | stale
            max-age=60, stale-while-revalidate=30 | 10 | STALE | STALE_WHILE_REVALIDATE | stale-while-revalidate
            max-age=60 | 10 | VALIDATE | MISS | purged
            max-age=60 | 10 | GONE | MISS | purged
            """)
    @DisplayName("RFC 9111 §4: freshness and purges")
    void verdicts(String control, long seconds, Trust trust, Reuse.Verdict verdict, String reason) {
        Reuse reuse = Reuse.decide(stored("Cache-Control", control), get(), RULES, trust, after(seconds));

        assertThat(reuse.verdict()).isEqualTo(verdict);
        assertThat(reuse.reason()).isEqualTo(reason);
    }
}
