package dev.weir.loadtest.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String GATEWAY = "--gateway=http://127.0.0.1:8080";

    @Test
    void readsBothSpellingsAndRepetitions() throws UsageException {
        Options options = parse(
                "--gateway http://127.0.0.1:8080 --gateway=http://localhost:8180/ --origin-metrics http://[::1]:8081 "
                        + "--clients 7 --connections=9 --seed 3 --timeout 5");

        assertThat(options.target().gateways())
                .containsExactly(URI.create("http://127.0.0.1:8080/"), URI.create("http://localhost:8180/"));
        assertThat(options.target().origins()).containsExactly(URI.create("http://[::1]:8081/"));
        assertThat(options.herd())
                .hasValueSatisfying(herd -> assertThat(herd.clients()).isEqualTo(7));
        assertThat(options.browse()).hasValueSatisfying(browse -> {
            assertThat(browse.connections()).isEqualTo(9);
            assertThat(browse.seed()).isEqualTo(3);
        });
        assertThat(options.bounds().timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aPhaseNamedRunsAlone() throws UsageException {
        assertThat(parse("herd " + GATEWAY).browse()).isEmpty();
        assertThat(parse("browse " + GATEWAY).herd()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1:8080", "http://0.0.0.0:80"})
    void aimsAtNoOtherMachine(String gateway) {
        assertThatThrownBy(() -> parse("--gateway " + gateway))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("only aims at loopback addresses");
        assertThatThrownBy(() -> parse(GATEWAY + " --origin-metrics " + gateway))
                .hasMessageContaining("only aims at loopback addresses");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "herd                                      | name at least one gateway",
                "stampede                                  | unknown command 'stampede'",
                "--gateway                                 | --gateway needs a value",
                "--gateway https://127.0.0.1:1             | --gateway takes a URL such as",
                "--gateway http://127.0.0.1:1/path         | --gateway takes a URL such as",
                "--gateway ftp:/x                          | --gateway takes a URL such as",
                "--clients 0                               | --clients takes a number from 1 to 20000 (got '0')",
                "--clients 1e3                             | --clients takes a number from 1 to 20000 (got '1e3')",
                "--url blog                                | --url takes a path",
                "--url //elsewhere.example/                | --url takes a path",
                "herd --requests 5                         | unknown option '--requests' for herd",
                "browse --clients 5                        | unknown option '--clients' for browse",
                "--bogus                                   | unknown option '--bogus'",
            })
    void refusesWithAReason(String words, String reason) {
        assertThatThrownBy(() -> parse(words))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void saysWhatToDoAboutTooFewOpenFiles() throws UsageException {
        OpenFiles.require(800, 1_024);
        assertThatThrownBy(() -> OpenFiles.require(1_000, 1_024)).hasMessageContaining("ulimit -n 1200");
    }

    private static Options parse(String words) throws UsageException {
        return CommandLine.parse(List.of(words.strip().split(" +")));
    }
}
