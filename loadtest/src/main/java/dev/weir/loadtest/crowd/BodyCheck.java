package dev.weir.loadtest.crowd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Compares a body with what it should be, piece by piece as it comes, so that ten thousand bodies need not be kept. Its
 * start may differ from body to body: a serial number, which is kept.
 */
public final class BodyCheck {
    private final ByteBuf expected;
    private final int serialSize;
    private final StringBuilder serial = new StringBuilder();
    private int at;
    private boolean same = true;

    /** For one body: what it should be, and how many bytes at its start are its serial number. */
    BodyCheck(byte[] expected, int serialSize) {
        this.expected = Unpooled.wrappedBuffer(expected);
        this.serialSize = serialSize;
    }

    /**
     * What became of it.
     *
     * @param exact no byte is other than expected, missing, or too many; the serial's own bytes apart
     * @param serial the bytes at its start, as far as they came
     */
    public record Result(boolean exact, String serial) {
        static final Result NONE = new Result(false, "");
    }

    /** The next piece, which is only looked at. */
    void next(ByteBuf piece) {
        int from = piece.readerIndex();
        int length = piece.readableBytes();
        int ofSerial = Math.min(length, Math.max(0, serialSize - at));
        serial.append(piece.toString(from, ofSerial, StandardCharsets.ISO_8859_1));
        int rest = length - ofSerial;
        same = same
                && at + length <= expected.capacity()
                && ByteBufUtil.equals(piece, from + ofSerial, expected, at + ofSerial, rest);
        at += length;
    }

    Result result() {
        return new Result(same && at == expected.capacity(), serial.toString());
    }
}
