package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.purge.PurgeLog.NotRecordedException;
import dev.weir.gateway.purge.PurgeLog.ReplicaState;
import dev.weir.gateway.purge.PurgeLog.ReplicaState.Status;
import dev.weir.gateway.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisPurgeLogIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    private RedisServer server;
    private Follower one;
    private Follower two;

    @BeforeEach
    void start() {
        server = RedisServer.start();
        one = Follower.of("one", server.uri());
        two = Follower.of("two", server.uri());
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        server.close();
    }

    @Test
    void whatOneRecordsBothApply() {
        ready(one, two);

        LogPosition position = one.record(purge("p1", tag("posts")));

        assertThat(one.awaitApplied(position, LONG))
                .extracting(ReplicaState::replica, ReplicaState::status)
                .containsExactly(row("one", Status.APPLIED), row("two", Status.APPLIED));
        assertThat(two.generations.struckSince(
                        Set.of(tag("posts")), new LogPosition(position.run(), position.seq() - 1)))
                .isTrue();
        assertThat(two.generations.struckSince(Set.of(tag("posts")), new LogPosition(position.run(), position.seq())))
                .isFalse();
        assertThat(two.generations.applied()).isEqualTo(position);
    }

    @Test
    void theSameIdIsRecordedOnce() {
        ready(one, two);

        LogPosition first = one.record(purge("same", tag("posts")));
        LogPosition second = two.record(purge("same", tag("posts")));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void tenThousandSelectorsAreOneEntry() {
        ready(one, two);
        List<Selector> selectors = IntStream.range(0, Purge.MAX_SELECTORS)
                .mapToObj(i -> new Selector(Selector.Kind.URL, "https://example.org/blog/posts/" + i))
                .toList();

        LogPosition position = one.record(new Purge("many", Purge.Mode.HARD, selectors, "all at once"));

        assertThat(one.awaitApplied(position, LONG)).allMatch(row -> row.status() == Status.APPLIED);
        assertThat(selectors)
                .allMatch(selector -> two.generations.struckSince(
                        Set.of(selector), new LogPosition(position.run(), position.seq() - 1)));
    }

    @Test
    void aLostWakeUpIsMadeUpForByTheHeartbeat() {
        ready(one, two);
        byte[] entry = PurgeCodec.encode(purge("silent", tag("silent")));

        long seq = RawRedis.xadd(server.uri(), entry);

        LogPosition position = new LogPosition(one.log.standing().run(), seq);
        // the wait asks once at its beginning; whoever did not apply by then does so by the heartbeat
        assertThat(one.awaitApplied(position, LONG)).allMatch(row -> row.status() == Status.APPLIED);
        assertThat(two.generations.struckSince(Set.of(tag("silent")), new LogPosition(position.run(), seq - 1)))
                .isTrue();
    }

    @Test
    void aFrozenRedisEndsStandingAndRecordsNothing() {
        ready(one, two);
        server.freeze();

        assertThatThrownBy(() -> one.record(purge("p", tag("x")))).isInstanceOf(NotRecordedException.class);
        Follower.eventually(() -> !one.log.standing().holdsAt(System.nanoTime()));
        server.thaw();
        Follower.eventually(() -> one.log.standing().holdsAt(System.nanoTime()));
    }

    @Test
    void aReplicaThatFellSilentIsFenced() {
        ready(one, two);
        two.vanish();

        LogPosition position = one.record(purge("p", tag("x")));

        assertThat(one.awaitApplied(position, LONG))
                .extracting(ReplicaState::replica, ReplicaState::status)
                .containsExactly(row("one", Status.APPLIED), row("two", Status.FENCED));
    }

    @Test
    void aReplicaNotHeardOfIsOpenUntilItsStandingMustHaveEnded() {
        ready(one);
        RawRedis.run(server.uri(), "HSET", "{weir}:replicas", "ghost", "a row of another version");
        LogPosition position = one.record(purge("p", tag("x")));

        assertThat(one.awaitApplied(position, Duration.ofMillis(20)))
                .extracting(ReplicaState::replica, ReplicaState::status)
                .contains(row("ghost", Status.OPEN));
        assertThat(one.awaitApplied(position, LONG))
                .extracting(ReplicaState::replica, ReplicaState::status)
                .contains(row("ghost", Status.FENCED));
    }

    @Test
    void allReplicasAreListed() {
        ready(one, two);
        LogPosition position = one.record(purge("p", tag("x")));
        one.awaitApplied(position, LONG);

        List<ReplicaState> rows = two.log.replicas().block(LONG);

        assertThat(rows)
                .extracting(ReplicaState::replica, ReplicaState::applied)
                .containsExactly(tuple("one", position), tuple("two", position));
    }

    @Test
    void aPurgeLostWithTheLogIsRecordedAnewUnderItsId() {
        ready(one);
        LogPosition lost = one.record(purge("p", tag("x")));
        RawRedis.run(server.uri(), "DEL", "{weir}:log");

        LogPosition again = one.record(purge("p", tag("x")));

        assertThat(again.run()).isNotEqualTo(lost.run());
        assertThat(one.awaitApplied(again, LONG)).allMatch(row -> row.status() == Status.APPLIED);
    }

    @Test
    void aWaitThatFindsNoRedisAnswersWithWhatIsKnown() {
        LogPosition position = new LogPosition("run", 1);

        assertThat(one.awaitApplied(position, Duration.ofMillis(20)))
                .extracting(ReplicaState::replica, ReplicaState::status)
                .containsExactly(row("one", Status.OPEN));
    }

    @Test
    void aReplicaThatLeftIsNotWaitedFor() {
        ready(one, two);
        two.close();

        LogPosition position = one.record(purge("p", tag("x")));

        assertThat(one.awaitApplied(position, LONG))
                .extracting(ReplicaState::replica)
                .containsExactly("one");
    }

    @Test
    void anEmptyRedisIsAnotherRunThatCoversNothingOfBefore() {
        ready(one, two);
        LogPosition before = one.record(purge("p", tag("x")));
        one.awaitApplied(before, LONG);

        server.restartEmpty();

        Follower.eventually(() -> one.holds() && !one.log.standing().run().equals(before.run()));
        assertThat(one.log.standing().covers(before)).isFalse();
        assertThat(one.log.standing().covers(one.generations.applied())).isTrue();
        assertThat(one.generations.struckSince(Set.of(tag("x")), new LogPosition(before.run(), before.seq() - 1)))
                .as("known purges stay known")
                .isTrue();
    }

    @Test
    void anEmptiedRedisIsAnotherRunThoughItsProcessIsTheSame() {
        ready(one, two);
        one.record(purge("p", tag("x")));
        LogPosition before = one.generations.applied();

        RawRedis.run(server.uri(), "FLUSHALL");

        Follower.eventually(() -> one.holds() && !one.log.standing().run().equals(before.run()));
        assertThat(one.log.standing().covers(before)).isFalse();
    }

    @Test
    void redisMayComeLater() {
        int port = RedisServer.freePort();
        Follower early = Follower.of("early", "redis://127.0.0.1:" + port);
        try {
            early.startOnly();
            assertThatThrownBy(() -> early.record(purge("p", tag("x")))).isInstanceOf(NotRecordedException.class);
            assertThat(early.holds()).isFalse();
            try (RedisServer late = RedisServer.startOn(port)) {
                early.awaitReady();
                assertThat(early.holds()).isTrue();
            }
        } finally {
            early.close();
        }
    }

    @Test
    void aNewcomerToATrimmedLogDoesNotCoverWhatWasTrimmed() {
        ready(one);
        LogPosition trimmed = one.record(purge("p1", tag("x")));
        LogPosition kept = one.record(purge("p2", tag("y")));
        Follower.eventually(() -> one.generations.applied().seq() >= kept.seq());
        RawRedis.run(server.uri(), "XTRIM", "{weir}:log", "MAXLEN", "1");

        ready(two);

        assertThat(two.log.standing().firstRetained()).isEqualTo(kept.seq());
        assertThat(two.log.standing().covers(trimmed)).isFalse();
        assertThat(two.log.standing().covers(kept)).isTrue();
        assertThat(one.log.standing().covers(trimmed))
                .as("who read it all knows it all")
                .isTrue();
    }

    private static void ready(Follower... followers) {
        for (Follower follower : followers) {
            follower.startOnly();
        }
        for (Follower follower : followers) {
            follower.awaitReady();
        }
    }

    private static Tuple row(String replica, Status status) {
        return tuple(replica, status);
    }

    private static Selector tag(String name) {
        return new Selector(Selector.Kind.TAG, name);
    }

    private static Purge purge(String id, Selector selector) {
        return new Purge(id, Purge.Mode.VALIDATE, List.of(selector), "");
    }
}
