package dev.weir.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.Body;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.StoredResponse.Provenance;
import dev.weir.gateway.policy.StoredResponse.Times;
import dev.weir.gateway.policy.StoredResponse.Variant;
import dev.weir.gateway.purge.Standing;
import dev.weir.gateway.testkit.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

@Timeout(60)
class RedisTierIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long TTL = 60_000;
    private static final CacheKey KEY = new CacheKey("https", "example.org", "/a", null);

    private RedisServer server;
    private RedisConnections connections;
    private RedisTier tier;
    private Standing standing = Standing.unending("run");

    @BeforeEach
    void start() {
        server = RedisServer.start();
        connections = new RedisConnections(Follower.settings(server.uri()));
        tier = new RedisTier(Follower.settings(server.uri()), connections, RedisTierIT::variant, () -> standing);
        Follower.eventually(() ->
                connections.reads().current() != null && connections.writes().current() != null);
    }

    @AfterEach
    void stop() {
        tier.close();
        connections.close();
        server.close();
    }

    @Test
    void whatIsPutIsFound() {
        put(stored(KEY, Variant.NONE, "body"), TTL);

        StepVerifier.create(tier.find(KEY, request("de")))
                .assertNext(found -> assertThat(text(found)).isEqualTo("body"))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(tier.counts().hits()).isEqualTo(1);
    }

    @Test
    void anotherKeyIsAMiss() {
        put(stored(KEY, Variant.NONE, "body"), TTL);

        assertMiss(new CacheKey("https", "example.org", "/a", ""), "de");
    }

    @Test
    void aRecordUnderAForeignNameIsAMiss() {
        CacheKey other = new CacheKey("https", "example.org", "/other", null);
        put(stored(other, Variant.NONE, "other"), TTL);
        RawRedis.run(server.uri(), "RENAME", name(other), name(KEY));

        assertMiss(KEY, "de");
        assertThat(tier.counts().unreadable()).isEqualTo(1);
    }

    @Test
    void aDamagedRecordIsAMiss() {
        put(stored(KEY, Variant.NONE, "body"), TTL);
        RawRedis.run(server.uri(), "SETRANGE", name(KEY), "40", "!");

        assertMiss(KEY, "de");
    }

    @Test
    void eachVariantIsFoundByItsOwnRequests() {
        put(stored(KEY, language("de"), "deutsch"), TTL);
        put(stored(KEY, language("en"), "english"), TTL);

        assertThat(text(tier.find(KEY, request("de")).block(PATIENCE))).isEqualTo("deutsch");
        assertThat(text(tier.find(KEY, request("en")).block(PATIENCE))).isEqualTo("english");
        assertMiss(KEY, "fr");
    }

    @Test
    void aPartIsStoredAsOneAndNeverInPlaceOfTheWhole() {
        put(part(KEY, "bo"), TTL);
        StoredResponse part = tier.find(KEY, request("de")).block(PATIENCE);
        put(stored(KEY, Variant.NONE, "body"), TTL);
        put(part(KEY, "bo"), TTL);
        StoredResponse whole = tier.find(KEY, request("de")).block(PATIENCE);

        assertThat(part).extracting(StoredResponse::status).isEqualTo(206);
        assertThat(part)
                .extracting(found -> found.headers().first("content-range"))
                .isEqualTo("bytes 0-1/4");
        assertThat(whole).extracting(StoredResponse::status).isEqualTo(200);
        assertThat(text(whole)).isEqualTo("body");
    }

    private static StoredResponse part(CacheKey key, String start) {
        StoredResponse whole = stored(key, Variant.NONE, start);
        return new StoredResponse(
                key,
                new ResponseHead(206, whole.headers().with("Content-Range", "bytes 0-1/4")),
                whole.times(),
                whole.variant(),
                whole.provenance(),
                whole.body());
    }

    @Test
    void aRecordLivesForItsTtl() {
        put(stored(KEY, Variant.NONE, "body"), 5_000);

        Object left = RawRedis.run(server.uri(), "PTTL", name(KEY)).get(0);

        assertThat((Long) left).isBetween(1L, 5_000L);
    }

    @Test
    void withoutStandingNothingIsRead() {
        put(stored(KEY, Variant.NONE, "body"), TTL);
        standing = new Standing("run", 0, System.nanoTime());

        assertMiss(KEY, "de");
        assertThat(tier.counts().notTried()).isEqualTo(1);
    }

    @Test
    void aFrozenRedisIsAMissForEveryoneAndSoonNotAskedAnyMore() {
        put(stored(KEY, Variant.NONE, "body"), TTL);
        server.freeze();

        // a hundred at once: within the budget or at once, and none is stuck behind another
        StepVerifier.create(Flux.merge(IntStream.range(0, 100)
                        .mapToObj(i -> tier.find(KEY, request("de")))
                        .toList()))
                .expectComplete()
                .verify(PATIENCE);
        assertThat(tier.isResting()).isTrue();
        assertThat(tier.counts().overBudget()).isGreaterThanOrEqualTo(5);
        tier.put(stored(KEY, Variant.NONE, "lost"), TTL);
        server.thaw();

        Follower.eventually(() -> tier.find(KEY, request("de")).block(PATIENCE) != null);
        assertThat(tier.isResting()).isFalse();
    }

    @Test
    void writesToAFrozenRedisAreBounded() {
        server.freeze();
        byte[] mebibyte = new byte[1 << 20];
        StoredResponse large = stored(KEY, Variant.NONE, "").withBody(Body.of(mebibyte));

        IntStream.range(0, 64).forEach(i -> tier.put(large, TTL));

        assertThat(tier.counts().dropped()).isGreaterThanOrEqualTo(33);
        Follower.eventually(() -> tier.counts().dropped() == 64); // those under way time out
    }

    @Test
    void tooLargeABodyStaysOut() {
        tier.put(stored(KEY, Variant.NONE, "").withBody(Body.of(new byte[(8 << 20) + 1])), TTL);

        assertThat(tier.counts().tooLarge()).isEqualTo(1);
    }

    @Test
    void aKilledRedisIsAMissAndFoundAgainWhenItIsBack() {
        put(stored(KEY, Variant.NONE, "body"), TTL);
        server.stop();

        assertMiss(KEY, "de");
        server.restartEmpty();
        Follower.eventually(() -> {
            tier.put(stored(KEY, Variant.NONE, "again"), TTL);
            return tier.find(KEY, request("de")).block(PATIENCE) != null;
        });
    }

    private void put(StoredResponse stored, long ttl) {
        long before = tier.counts().writes();
        tier.put(stored, ttl);
        Follower.eventually(() -> tier.counts().writes() > before);
    }

    private void assertMiss(CacheKey key, String language) {
        StepVerifier.create(tier.find(key, request(language))).expectComplete().verify(PATIENCE);
    }

    private static String name(CacheKey key) {
        return new String(EntryNames.primary(key), StandardCharsets.US_ASCII);
    }

    private static String text(@org.jspecify.annotations.Nullable StoredResponse found) {
        return found == null ? "(miss)" : new String(found.body().identity(), StandardCharsets.UTF_8);
    }

    private static Variant variant(List<String> names, Request request) {
        return new Variant(
                names,
                names.stream()
                        .map(name -> String.valueOf(request.headers().list(name)))
                        .toList());
    }

    private static Variant language(String language) {
        return new Variant(List.of("accept-language"), List.of(language));
    }

    private static Request request(String language) {
        return new Request("GET", "https", "example.org", "/a", null, Headers.of("Accept-Language", language));
    }

    private static StoredResponse stored(CacheKey key, Variant variant, String body) {
        return new StoredResponse(
                key,
                new ResponseHead(200, Headers.of("Content-Type", "text/plain")),
                new Times(Instant.ofEpochMilli(1), Instant.ofEpochMilli(2)),
                variant,
                new Provenance(new LogPosition("run", 1), "rules", Set.of()),
                Body.of(body.getBytes(StandardCharsets.UTF_8)));
    }
}
