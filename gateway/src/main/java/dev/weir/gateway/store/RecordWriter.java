package dev.weir.gateway.store;

import dev.weir.gateway.policy.CacheKey;
import dev.weir.gateway.policy.LogPosition;
import dev.weir.gateway.policy.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the parts of a binary record: big-endian numbers, every string, list and block led by its length. Grows as
 * needed; not for sharing between threads. {@link RecordReader} reads it back.
 */
public final class RecordWriter {

    private byte[] bytes;
    private int size;

    public RecordWriter(int expectedBytes) {
        this.bytes = new byte[Math.max(64, expectedBytes)];
    }

    public RecordWriter u8(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public RecordWriter i32(int value) {
        return u8(value >>> 24).u8(value >>> 16).u8(value >>> 8).u8(value);
    }

    public RecordWriter i64(long value) {
        return i32((int) (value >>> 32)).i32((int) value);
    }

    public RecordWriter block(byte[] block) {
        i32(block.length);
        reserve(block.length);
        System.arraycopy(block, 0, bytes, size, block.length);
        size += block.length;
        return this;
    }

    public RecordWriter text(String text) {
        return block(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text that may be absent: absent and empty stay different. */
    public RecordWriter optional(@Nullable String text) {
        return text == null ? u8(0) : u8(1).text(text);
    }

    public RecordWriter texts(List<String> texts) {
        i32(texts.size());
        texts.forEach(this::text);
        return this;
    }

    public RecordWriter key(CacheKey key) {
        return text(key.scheme()).text(key.host()).text(key.path()).optional(key.query());
    }

    public RecordWriter position(LogPosition position) {
        return text(position.run()).i64(position.seq());
    }

    public RecordWriter selectors(Collection<Selector> selectors) {
        i32(selectors.size());
        selectors.forEach(selector -> u8(code(selector.kind())).text(selector.value()));
        return this;
    }

    /** Overwrites four bytes written before. */
    void patch(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    int size() {
        return size;
    }

    public byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Fixed numbers, whatever the order of the constants; {@link RecordReader} has the same. */
    private static int code(Selector.Kind kind) {
        return switch (kind) {
            case URL -> 1;
            case PATH -> 2;
            case PREFIX -> 3;
            case HOST -> 4;
            case TAG -> 5;
            case ALL -> 6;
        };
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, bytes.length * 2L)));
        }
    }
}
