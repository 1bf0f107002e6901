package dev.weir.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.Body;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.StoredResponse.Provenance;
import dev.weir.gateway.policy.StoredResponse.Times;
import dev.weir.gateway.policy.StoredResponse.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecTest {

    private static final List<Selector.Kind> KINDS = List.of(Selector.Kind.values());

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42, 1_000_003, -9})
    void whatIsWrittenIsReadBack(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            StoredResponse stored = randomEntry(random);
            assertSame(entry(EntryCodec.encode(new SharedRecord.Entry(stored))), stored);
        }
    }

    @Test
    void theVaryRecordIsReadBack() {
        SharedRecord varies = new SharedRecord.Varies(
                new CacheKey("https", "a.example", "/x", ""), List.of("accept-language", "dpr"));

        assertThat(EntryCodec.decode(EntryCodec.encode(varies))).isEqualTo(varies);
    }

    @Test
    void anAbsentQueryIsNotAnEmptyOne() {
        SharedRecord absent = new SharedRecord.Varies(new CacheKey("https", "a.example", "/x", null), List.of());

        assertThat(EntryCodec.decode(EntryCodec.encode(absent))).isEqualTo(absent);
    }

    @Test
    void everyFlippedBitIsAMiss() {
        byte[] record = EntryCodec.encode(new SharedRecord.Entry(golden()));
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] flipped = record.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(EntryCodec.decode(flipped)).as("bit %d", bit).isNull();
        }
    }

    @Test
    void everyOtherValueOfEveryByteIsAMiss() {
        byte[] record = EntryCodec.encode(new SharedRecord.Varies(golden().key(), List.of("accept")));
        for (int at = 0; at < record.length; at++) {
            for (int change = 1; change < 256; change++) {
                byte[] changed = record.clone();
                changed[at] ^= (byte) change;
                assertThat(EntryCodec.decode(changed)).as("byte %d", at).isNull();
            }
        }
    }

    @Test
    void everyTruncationAndEveryExtensionIsAMiss() {
        byte[] record = EntryCodec.encode(new SharedRecord.Entry(golden()));
        for (int length = 0; length < record.length; length++) {
            assertThat(EntryCodec.decode(Arrays.copyOf(record, length)))
                    .as("%d bytes", length)
                    .isNull();
        }
        assertThat(EntryCodec.decode(Arrays.copyOf(record, record.length + 1))).isNull();
    }

    /** Lengths that lie under a checksum that fits: neither an exception nor an allocation by the lie. */
    @Test
    void lyingLengthsUnderAValidChecksumAreMisses() {
        byte[] record = EntryCodec.encode(new SharedRecord.Entry(golden()));
        for (int at = 10; at + 4 <= record.length - 4; at++) {
            for (int lie : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 28}) {
                byte[] forged = record.clone();
                ByteBuffer.wrap(forged).putInt(at, lie);
                reseal(forged);
                EntryCodec.decode(forged); // must return, whatever it says
            }
        }
    }

    @Test
    void bytesLeftOverUnderAValidChecksumAreAMiss() {
        byte[] record = EntryCodec.encode(new SharedRecord.Entry(golden()));
        byte[] longer = Arrays.copyOf(record, record.length + 3);
        ByteBuffer.wrap(longer).putInt(6, longer.length);
        reseal(longer);

        assertThat(EntryCodec.decode(longer)).isNull();
    }

    @Test
    void anotherVersionIsAMiss() {
        byte[] record = EntryCodec.encode(new SharedRecord.Entry(golden()));
        record[4] = EntryCodec.VERSION + 1;
        reseal(record);

        assertThat(EntryCodec.decode(record)).isNull();
    }

    /** Records outlive releases: this one was written by the first, and must be read as long as version 1 is. */
    @Test
    void theFrozenRecordOfVersionOneIsRead() throws IOException {
        try (InputStream frozen = EntryCodecTest.class.getResourceAsStream("entry-v1.bin")) {
            byte[] record = frozen.readAllBytes();

            assertSame(entry(record), golden());
            assertThat(EntryCodec.encode(new SharedRecord.Entry(golden()))).isEqualTo(record);
        }
    }

    static StoredResponse golden() {
        return new StoredResponse(
                new CacheKey("https", "example.org", "/blog/über", "a=1&b="),
                new ResponseHead(
                        200,
                        Headers.of("Content-Type", "text/html", "ETag", "\"v1\"", "X-Latin", "caf\u00e9", "X", "")),
                new Times(Instant.ofEpochMilli(1_700_000_000_123L), Instant.ofEpochMilli(1_700_000_000_456L)),
                new Variant(List.of("accept-language"), List.of("de")),
                new Provenance(
                        new LogPosition("0123abcd.ef", 1_700_000_000_000L << 20 | 3),
                        "5eed",
                        Set.of(new Selector(Selector.Kind.TAG, "posts"))),
                new Body(
                        "<p>whole</p>".getBytes(StandardCharsets.UTF_8),
                        List.of(new Body.Coded("br", ";br5", new byte[] {1, 2, 3}))));
    }

    private static void reseal(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 0, record.length - 4);
        ByteBuffer.wrap(record).putInt(record.length - 4, (int) crc.getValue());
    }

    private static StoredResponse entry(byte[] record) {
        SharedRecord read = EntryCodec.decode(record);
        assertThat(read).isInstanceOf(SharedRecord.Entry.class);
        return ((SharedRecord.Entry) Objects.requireNonNull(read)).stored();
    }

    private static void assertSame(StoredResponse read, StoredResponse written) {
        assertThat(read.withBody(Body.EMPTY)).isEqualTo(written.withBody(Body.EMPTY));
        assertThat(read.body().identity()).isEqualTo(written.body().identity());
        assertThat(read.body().coded()).hasSameSizeAs(written.body().coded());
        for (int i = 0; i < written.body().coded().size(); i++) {
            Body.Coded form = read.body().coded().get(i);
            Body.Coded expected = written.body().coded().get(i);
            assertThat(form.coding()).isEqualTo(expected.coding());
            assertThat(form.tagSuffix()).isEqualTo(expected.tagSuffix());
            assertThat(form.bytes()).isEqualTo(expected.bytes());
        }
    }

    private static StoredResponse randomEntry(Random random) {
        CacheKey key =
                new CacheKey(text(random), text(random), text(random), random.nextBoolean() ? null : text(random));
        Headers.Builder headers = Headers.builder();
        texts(random).forEach(name -> headers.add(name, text(random)));
        List<String> names = texts(random);
        Set<Selector> selectors = new HashSet<>();
        texts(random).forEach(value -> selectors.add(new Selector(KINDS.get(random.nextInt(KINDS.size())), value)));
        return new StoredResponse(
                key,
                new ResponseHead(random.nextInt(600), headers.build()),
                new Times(Instant.ofEpochMilli(random.nextLong() >> 16), Instant.ofEpochMilli(random.nextLong() >> 16)),
                new Variant(names, names.stream().map(name -> text(random)).toList()),
                new Provenance(new LogPosition(text(random), random.nextLong()), text(random), selectors),
                new Body(
                        bytes(random),
                        texts(random).stream()
                                .map(coding -> new Body.Coded(coding, text(random), bytes(random)))
                                .toList()));
    }

    private static List<String> texts(Random random) {
        return IntStream.range(0, random.nextInt(6)).mapToObj(i -> text(random)).toList();
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0, 0xd800)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? 100_000 : random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }
}
