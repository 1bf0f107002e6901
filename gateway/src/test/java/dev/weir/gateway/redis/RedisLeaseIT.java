package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.coalesce.Lease.Ending;
import dev.weir.gateway.coalesce.Lease.Grant;
import dev.weir.gateway.testkit.RedisServer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas and a real Redis: who fetches, who waits, and for how long at most. */
@Timeout(60)
class RedisLeaseIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG = Duration.ofSeconds(15);

    private RedisServer server;
    private Party one;
    private Party two;

    /** One replica's end of it. */
    private record Party(RedisConnections connections, RedisLease lease) {

        /** One that waits for Redis as long as it takes on a busy machine, where the budget does not say otherwise. */
        static Party of(RedisServer server, String name, Duration budget) {
            RedisSettings usual = Follower.settings(server.uri());
            RedisSettings settings = new RedisSettings(
                    server.uri(),
                    new RedisSettings.Connecting(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMillis(200)),
                    new RedisSettings.Lookups(budget, 64, 5, Duration.ofMillis(200)),
                    usual.writes(),
                    usual.isolation());
            RedisConnections connections = new RedisConnections(settings);
            return new Party(connections, new RedisLease(settings, connections, new Replica(name, "")));
        }

        Grant take(String name) {
            return Objects.requireNonNull(lease.take(name).block(PATIENCE));
        }
    }

    @BeforeEach
    void start() {
        server = RedisServer.start();
        one = Party.of(server, "one", LONG);
        two = Party.of(server, "two", LONG);
        for (Party each : new Party[] {one, two}) {
            each.connections().reads().open();
            Follower.eventually(() -> each.connections().reads().current() != null
                    && each.connections().leases().current() != null);
        }
        Follower.eventually(() -> subscribers() == 2);
    }

    private long subscribers() {
        Object counted =
                RawRedis.run(server.uri(), "PUBSUB", "NUMSUB", "{weir}:leases").get(1);
        return (Long) counted;
    }

    @AfterEach
    void stop() {
        one.connections().close();
        two.connections().close();
        server.close();
    }

    private static CompletableFuture<Boolean> waiting(Grant grant) {
        assertThat(grant).isInstanceOf(Grant.Elsewhere.class);
        return ((Grant.Elsewhere) grant).over().toFuture();
    }

    private static Grant.Taken taken(Grant grant) {
        assertThat(grant).isInstanceOf(Grant.Taken.class);
        return (Grant.Taken) grant;
    }

    @Test
    void oneTakesItAndTheOtherHearsOfItsEnd() {
        Grant.Taken held = taken(one.take("page"));
        CompletableFuture<Boolean> over = waiting(two.take("page"));
        assertThat(over).isNotDone();

        held.hold().end(Ending.STORED);

        assertThat(over).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo(true); // no lapse
        taken(two.take("page"));
    }

    @Test
    void anotherNameIsAnotherMatter() {
        taken(one.take("page"));

        taken(two.take("other"));
    }

    @Test
    void aHolderThatDiesCostsNoMoreThanTheLeasesLife() {
        taken(one.take("page"));
        CompletableFuture<Boolean> over = waiting(two.take("page"));

        one.connections().close(); // no word, no renewal

        assertThat(over).succeedsWithin(PATIENCE.toSeconds(), TimeUnit.SECONDS).isEqualTo(false);
        taken(two.take("page"));
    }

    @Test
    void aLeaseThatIsHeldForLongIsRenewed() {
        Grant.Taken held = taken(one.take("page"));
        Object first = RawRedis.run(server.uri(), "GET", "weir:l:page").get(0);

        // Every wait ends when the lease may have lapsed; asking again tells that it has not
        waiting(two.take("page")).orTimeout(20, TimeUnit.SECONDS).join();
        CompletableFuture<Boolean> again = waiting(two.take("page"));

        assertThat(RawRedis.run(server.uri(), "GET", "weir:l:page").get(0)).isEqualTo("+" + first);
        held.hold().end(Ending.GIVEN_UP);
        assertThat(again).succeedsWithin(1, TimeUnit.SECONDS);
    }

    @Test
    void aLeaseThatNobodyEndsIsNotRenewedForEver() {
        String life = Long.toString(LeaseHold.LIFE.toMillis());
        RawRedis.run(server.uri(), "SET", "weir:l:page", "lost", "PX", life);

        LeaseHold lost = new LeaseHold(one.connections().reads(), "page", "lost", Duration.ofMillis(1));

        Follower.eventually(
                () -> RawRedis.run(server.uri(), "EXISTS", "weir:l:page").get(0).equals(0L));
        lost.end(Ending.GIVEN_UP);
    }

    @Test
    void whatCouldNotBeSharedIsRememberedForAllUntilItIsCleared() {
        Grant.Taken held = taken(one.take("mine"));
        CompletableFuture<Boolean> over = waiting(two.take("mine"));

        held.hold().end(Ending.NOT_SHAREABLE);

        assertThat(over).succeedsWithin(1, TimeUnit.SECONDS);
        assertThat(two.take("mine")).isInstanceOf(Grant.NotShareable.class);
        Object left = RawRedis.run(server.uri(), "PTTL", "weir:l:mine").get(0);
        assertThat((Long) left).isBetween(60_000L, 120_000L);

        two.lease().clear("mine");

        taken(two.take("mine"));
    }

    @Test
    void whatIsHeldIsNotCleared() {
        taken(one.take("page"));

        two.lease().clear("page");

        assertThat(two.take("page")).isInstanceOf(Grant.Elsewhere.class);
    }

    @Test
    void whoEndsLateEndsNobodyElsesLease() {
        Grant.Taken held = taken(one.take("page"));
        RawRedis.run(server.uri(), "DEL", "weir:l:page"); // as if it had lapsed
        taken(two.take("page"));

        held.hold().end(Ending.STORED);

        assertThat(one.take("page")).isInstanceOf(Grant.Elsewhere.class);
    }

    @Test
    void aReplicaDoesNotWaitForItself() {
        taken(one.take("page"));

        assertThat(one.take("page")).isInstanceOf(Grant.Unavailable.class);
    }

    @Test
    void aLeaseThatIsGrantedTooLateGoesBack() {
        Party hasty = Party.of(server, "hasty", Duration.ofMillis(100));
        hasty.connections().reads().open();
        Follower.eventually(() -> hasty.connections().reads().current() != null);
        server.command("CONFIG RESETSTAT");
        server.freeze();
        try {
            assertThat(hasty.take("page")).isInstanceOf(Grant.Unavailable.class);
        } finally {
            server.thaw();
        }

        // Taken and ended: both are scripts. Left alone it would lapse, and this could not tell the one from the other
        Follower.eventually(() ->
                RawRedis.run(server.uri(), "INFO", "commandstats").toString().contains("cmdstat_eval:calls=2,"));
        hasty.connections().close();
    }

    @Test
    void withoutRedisThereIsNoLease() {
        server.stop();

        assertThat(one.take("page")).isInstanceOf(Grant.Unavailable.class);
    }

    @Test
    void nobodyIsLeftWaiting() {
        taken(one.take("page")).hold().end(Ending.STORED);
        assertThat(two.take(held("page"))).isInstanceOf(Grant.Elsewhere.class);

        Follower.eventually(() -> two.lease().waiting() == 0 && one.lease().waiting() == 0);
    }

    private String held(String name) {
        taken(one.take(name));
        return name;
    }
}
