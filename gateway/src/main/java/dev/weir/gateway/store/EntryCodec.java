package dev.weir.gateway.store;

import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.ResponseHead;
import dev.weir.gateway.policy.Body;
import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.StoredResponse;
import dev.weir.gateway.policy.StoredResponse.Provenance;
import dev.weir.gateway.policy.StoredResponse.Times;
import dev.weir.gateway.policy.StoredResponse.Variant;
import dev.weir.gateway.store.RecordReader.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of what the shared tier keeps. One record: magic {@code WEIR}, version, kind, total length, content,
 * and a CRC32C over all before it. What is not exactly that, down to the last bit, is read as null: a miss. The kind of
 * tampering a checksum can't see is not defended against here: who can write to the tier is trusted.
 *
 * <p>A change of this layout takes a new {@link #VERSION}; replicas of both versions then share a tier and miss each
 * other's records, since the tier's names contain the version too.
 */
public final class EntryCodec {

    /** The layout written here and the only one read. */
    public static final int VERSION = 1;

    private static final int MAGIC = 0x57454952; // "WEIR"
    private static final int KIND_ENTRY = 1;
    private static final int KIND_VARIES = 2;
    private static final int LENGTH_AT = 6;
    private static final int CHECKSUM_BYTES = 4;
    private static final int TYPICAL_HEAD_BYTES = 2048;

    private EntryCodec() {}

    public static byte[] encode(SharedRecord record) {
        if (record instanceof SharedRecord.Entry entry) {
            return encode(entry.stored());
        }
        SharedRecord.Varies varies = (SharedRecord.Varies) record;
        RecordWriter out = begin(KIND_VARIES, 256);
        return seal(out.key(varies.key()).texts(varies.names()));
    }

    private static byte[] encode(StoredResponse stored) {
        RecordWriter out =
                begin(KIND_ENTRY, (int) Math.min(1L << 30, stored.body().bytes() + TYPICAL_HEAD_BYTES));
        out.key(stored.key());
        writeHead(out, stored.head());
        out.i64(stored.times().requested().toEpochMilli())
                .i64(stored.times().received().toEpochMilli());
        out.texts(stored.variant().names()).texts(stored.variant().values());
        out.position(stored.provenance().position())
                .text(stored.provenance().rulesHash())
                .selectors(stored.provenance().selectors());
        writeBody(out, stored.body());
        return seal(out);
    }

    /** What these bytes say; null where they are no whole record of this version. Never throws. */
    public static @Nullable SharedRecord decode(byte[] bytes) {
        try {
            RecordReader in = new RecordReader(bytes, 0, bytes.length - CHECKSUM_BYTES);
            if (in.i32() != MAGIC || in.u8() != VERSION) {
                return null;
            }
            int kind = in.u8();
            if (in.i32() != bytes.length || checksum(bytes) != trailer(bytes)) {
                return null;
            }
            SharedRecord record = switch (kind) {
                case KIND_ENTRY -> new SharedRecord.Entry(readEntry(in));
                case KIND_VARIES -> new SharedRecord.Varies(in.key(), in.texts());
                default -> null;
            };
            in.finish();
            return record;
        } catch (MalformedException notOurs) {
            return null;
        }
    }

    private static StoredResponse readEntry(RecordReader in) throws MalformedException {
        CacheKey key = in.key();
        ResponseHead head = readHead(in);
        Times times = new Times(Instant.ofEpochMilli(in.i64()), Instant.ofEpochMilli(in.i64()));
        Variant variant = new Variant(in.texts(), in.texts());
        if (variant.names().size() != variant.values().size()) {
            throw new MalformedException("variant names and values differ in number");
        }
        Provenance provenance = new Provenance(in.position(), in.text(), Set.copyOf(in.selectors()));
        return new StoredResponse(key, head, times, variant, provenance, readBody(in));
    }

    private static void writeHead(RecordWriter out, ResponseHead head) {
        Headers headers = head.headers();
        out.i32(head.status()).i32(headers.size());
        headers.forEach((name, value) -> out.text(name).text(value));
    }

    private static ResponseHead readHead(RecordReader in) throws MalformedException {
        int status = in.i32();
        Headers.Builder headers = Headers.builder();
        for (int left = in.count(); left > 0; left--) {
            headers.add(in.text(), in.text());
        }
        return new ResponseHead(status, headers.build());
    }

    private static void writeBody(RecordWriter out, Body body) {
        out.block(body.identity()).i32(body.coded().size());
        for (Body.Coded form : body.coded()) {
            out.text(form.coding()).text(form.tagSuffix()).block(form.bytes());
        }
    }

    private static Body readBody(RecordReader in) throws MalformedException {
        byte[] identity = in.block();
        int count = in.count();
        List<Body.Coded> coded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            coded.add(new Body.Coded(in.text(), in.text(), in.block()));
        }
        return new Body(identity, coded);
    }

    private static RecordWriter begin(int kind, int expectedBytes) {
        return new RecordWriter(expectedBytes).i32(MAGIC).u8(VERSION).u8(kind).i32(0);
    }

    private static byte[] seal(RecordWriter out) {
        out.patch(LENGTH_AT, out.size() + CHECKSUM_BYTES);
        byte[] bytes = out.i32(0).toBytes();
        int checksum = checksum(bytes);
        for (int i = 0; i < CHECKSUM_BYTES; i++) {
            bytes[bytes.length - 1 - i] = (byte) (checksum >>> (8 * i));
        }
        return bytes;
    }

    /** Over everything before the trailer, the length field included. */
    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
        return (int) crc.getValue();
    }

    private static int trailer(byte[] bytes) throws MalformedException {
        return new RecordReader(bytes, bytes.length - CHECKSUM_BYTES, bytes.length).i32();
    }
}
