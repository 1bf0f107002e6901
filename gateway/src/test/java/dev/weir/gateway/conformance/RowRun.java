package dev.weir.gateway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.conformance.Row.Answer;
import dev.weir.gateway.conformance.Row.Asked;
import dev.weir.gateway.conformance.Row.Expected;
import dev.weir.gateway.conformance.Row.Step;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.StructuredFields;
import dev.weir.gateway.testkit.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs one row against a gateway and compares, step by step, what both sides of it see. */
final class RowRun {

    private static final String ABSENT = "absent";

    private final Row row;
    private final Lane lane;
    private final int port;
    private final Places places;

    /** What is not yet so may also be an answer that never comes. */
    private final Duration patience;

    RowRun(Row row, Lane lane, int port) {
        this.row = row;
        this.lane = lane;
        this.port = port;
        this.places = new Places(row.path(), "127.0.0.1:" + port, Instant.now());
        this.patience = Duration.ofSeconds(row.pending() == null ? 10 : 2);
    }

    /** Runs all steps; fails at the first that goes otherwise than the row says. */
    void run() {
        lane.begin(places);
        for (int i = 0; i < row.steps().size(); i++) {
            Step step = row.steps().get(i);
            try {
                lane.begin(i + 1, step.answers(), step.twice());
                run(step);
                check(step.asked());
            } catch (IOException | AssertionError e) {
                throw new AssertionError(row.id() + ", step " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
    }

    private void run(Step step) throws IOException {
        if (step.eventually()) {
            Eventually.isTrue(() -> isAsExpected(step));
        } else if (step.twice()) {
            exchangeTwice(step);
        } else {
            exchange(step);
        }
    }

    private boolean isAsExpected(Step step) {
        try {
            exchange(step);
            return true;
        } catch (IOException | AssertionError notYet) {
            return false;
        }
    }

    private void exchange(Step step) throws IOException {
        try (RowClient client = new RowClient(port, places, step.ask(), patience)) {
            Message response = client.whole(client.head());
            check(step.expected(), response);
            checkInterim(step, client);
        }
    }

    private void exchangeTwice(Step step) throws IOException {
        try (RowClient first = new RowClient(port, places, step.ask(), patience)) {
            Message firstHead = first.head();
            try (RowClient second = new RowClient(port, places, step.ask(), patience)) {
                Message secondHead = second.head();
                lane.release();
                Message answer = second.whole(secondHead);
                check(step.expected(), answer);
                checkInterim(step, second);
                assertThat(first.whole(firstHead).body()).isEqualTo(answer.body());
            }
        }
    }

    private static void checkInterim(Step step, RowClient client) {
        if (step.expected().interim() != null) {
            assertThat(client.interim()).as("interim").isEqualTo(step.expected().interim());
        }
    }

    private void check(Expected expected, Message response) {
        assertThat(response.status()).as("status").isEqualTo(expected.status());
        checkFields(response.fields(), expected.fields(), expected.matching(), expected.absent());
        checkCacheStatus(expected.cacheStatus(), response.fields());
        if (expected.from() > 0) {
            assertThat(response.body()).as("body").isEqualTo(bodyOf(expected.from()));
        }
        if (expected.body() != null) {
            assertThat(response.body()).as("body").isEqualTo(expected.body());
        }
        assertThat(response.truncated()).as("truncated").isEqualTo(expected.truncated());
    }

    private String bodyOf(int step) {
        List<Answer> answers = row.steps().get(step - 1).answers();
        Answer answer = answers.isEmpty() ? null : answers.get(answers.size() - 1);
        return answer != null && answer.body() != null ? answer.body() : lane.body(step);
    }

    private void checkFields(
            Headers fields, Map<String, String> equal, Map<String, String> matching, List<String> absent) {
        equal.forEach((name, value) -> assertThat(fields.list(name)).as(name).isEqualTo(places.fill(value)));
        matching.forEach(
                (name, pattern) -> assertThat(fields.list(name)).as(name).matches(places.fill(pattern)));
        absent.forEach(name -> assertThat(fields.list(name)).as(name).isNull());
    }

    /** RFC 9211: the member of this cache, its parameters by name; a comparison where the row states one. */
    private static void checkCacheStatus(Map<String, String> expected, Headers fields) {
        String value = fields.list("Cache-Status");
        List<StructuredFields.Member> members =
                Objects.requireNonNullElse(value == null ? null : StructuredFields.list(value), List.of());
        assertThat(members).as("Cache-Status: " + value).isNotEmpty();
        StructuredFields.Item last = (StructuredFields.Item) members.get(members.size() - 1);
        assertThat(last.bare()).isEqualTo(new StructuredFields.Token("weir"));
        expected.forEach((name, wanted) -> {
            String found = text(last.parameters().get(name));
            if (wanted.startsWith("<") || wanted.startsWith(">")) {
                assertThat(found).as(value).matches("-?\\d+");
                int side = Long.compare(Long.parseLong(found), Long.parseLong(wanted.substring(1)));
                assertThat(side).as(name + ' ' + wanted + " in " + value).isEqualTo(wanted.startsWith("<") ? -1 : 1);
            } else {
                assertThat(found).as(name + " in " + value).isEqualTo(wanted);
            }
        });
    }

    private static String text(StructuredFields.@Nullable Bare bare) {
        if (bare instanceof StructuredFields.Bool bool) {
            return Boolean.toString(bool.value());
        }
        if (bare instanceof StructuredFields.Int number) {
            return Long.toString(number.value());
        }
        if (bare instanceof StructuredFields.Token token) {
            return token.value();
        }
        return bare instanceof StructuredFields.Text quoted ? quoted.value() : ABSENT;
    }

    private void check(Asked asked) {
        if (asked.count() > 0) {
            // a refresh behind the client's back may come after the answer
            Eventually.isTrue(() -> lane.asked().size() >= asked.count());
        }
        List<Message> requests = lane.asked();
        if (asked.count() != Asked.ANY) {
            assertThat(requests).as("requests to the origin").hasSize(asked.count());
        }
        if (requests.isEmpty()) {
            return;
        }
        Message last = requests.get(requests.size() - 1);
        Headers fields = last.fields().with(":method", last.word(0)).with(":target", last.word(1));
        checkFields(fields, asked.fields(), asked.matching(), asked.absent());
    }
}
