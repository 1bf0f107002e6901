package dev.weir.gateway.store;

import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link RecordWriter} wrote. Trusts nothing: each length is checked against the bytes that are there before
 * anything is allocated by it.
 */
public final class RecordReader {

    /** What was read is no record of ours. Expected, so without a stack trace. */
    public static final class MalformedException extends Exception {
        MalformedException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Every element of a list takes at least its length field. */
    private static final int MIN_ELEMENT_BYTES = 4;

    private final byte[] bytes;
    private final int end;
    private int at;

    public RecordReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    RecordReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    public int u8() throws MalformedException {
        return bytes[take(1)] & 0xff;
    }

    public int i32() throws MalformedException {
        return ByteBuffer.wrap(bytes).getInt(take(4));
    }

    public long i64() throws MalformedException {
        return ByteBuffer.wrap(bytes).getLong(take(8));
    }

    public byte[] block() throws MalformedException {
        int length = i32();
        int from = take(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    public String text() throws MalformedException {
        int length = i32();
        return new String(bytes, take(length), length, StandardCharsets.UTF_8);
    }

    public @Nullable String optional() throws MalformedException {
        return switch (u8()) {
            case 0 -> null;
            case 1 -> text();
            default -> throw new MalformedException("presence (expected: 0 or 1)");
        };
    }

    /** The length of a list of which that many elements can be there. */
    public int count() throws MalformedException {
        int count = i32();
        if (count < 0 || count > (end - at) / MIN_ELEMENT_BYTES) {
            throw new MalformedException("list of " + count + " in " + (end - at) + " bytes");
        }
        return count;
    }

    public List<String> texts() throws MalformedException {
        int count = count();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text());
        }
        return texts;
    }

    public CacheKey key() throws MalformedException {
        return new CacheKey(text(), text(), text(), optional());
    }

    public LogPosition position() throws MalformedException {
        return new LogPosition(text(), i64());
    }

    public List<Selector> selectors() throws MalformedException {
        int count = count();
        List<Selector> selectors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            selectors.add(new Selector(kind(u8()), text()));
        }
        return selectors;
    }

    /** To be called last: bytes left over mean that this is not what it seemed. */
    public void finish() throws MalformedException {
        if (at != end) {
            throw new MalformedException((end - at) + " bytes left over");
        }
    }

    private static Selector.Kind kind(int code) throws MalformedException {
        return switch (code) {
            case 1 -> Selector.Kind.URL;
            case 2 -> Selector.Kind.PATH;
            case 3 -> Selector.Kind.PREFIX;
            case 4 -> Selector.Kind.HOST;
            case 5 -> Selector.Kind.TAG;
            case 6 -> Selector.Kind.ALL;
            default -> throw new MalformedException("selector kind " + code);
        };
    }

    /** Moves on by that many bytes and says where they begin. */
    private int take(int count) throws MalformedException {
        if (count < 0 || count > end - at) {
            throw new MalformedException(count + " bytes wanted, " + (end - at) + " there");
        }
        int from = at;
        at += count;
        return from;
    }
}
