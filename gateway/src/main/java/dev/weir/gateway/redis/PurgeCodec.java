package dev.weir.gateway.redis;

import dev.weir.gateway.policy.Selector;
import dev.weir.gateway.purge.Purge;
import dev.weir.gateway.store.RecordReader;
import dev.weir.gateway.store.RecordReader.MalformedException;
import dev.weir.gateway.store.RecordWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** The binary form of a purge in the log: version, id, mode, cause, selectors. */
final class PurgeCodec {

    private static final int VERSION = 1;

    private PurgeCodec() {}

    static byte[] encode(Purge purge) {
        return new RecordWriter(64 + 48 * purge.selectors().size())
                .u8(VERSION)
                .text(purge.id())
                .u8(code(purge.mode()))
                .text(purge.cause())
                .selectors(purge.selectors())
                .toBytes();
    }

    /** What tells purges apart that have the same id: mode and selectors, in whatever order. */
    static String digest(Purge purge) {
        List<Selector> sorted = purge.selectors().stream()
                .distinct()
                .sorted(Comparator.comparing(Selector::kind).thenComparing(Selector::value))
                .toList();
        try {
            byte[] content = encode(new Purge("", purge.mode(), sorted, ""));
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }

    /**
     * What an entry says. One that can't be read, damaged or written by a later version, is some purge all the same:
     * it strikes everything, so that nothing it may have named is reused without asking the origin.
     */
    static Purge decode(byte[] entry) {
        try {
            RecordReader in = new RecordReader(entry);
            if (in.u8() != VERSION) {
                return unreadable("written by another version");
            }
            String id = in.text();
            Purge.Mode mode = mode(in.u8());
            String cause = in.text();
            List<Selector> selectors = in.selectors();
            in.finish();
            return selectors.isEmpty() || selectors.size() > Purge.MAX_SELECTORS
                    ? unreadable("number of selectors: " + selectors.size())
                    : new Purge(id, mode, selectors, cause);
        } catch (MalformedException damaged) {
            return unreadable(String.valueOf(damaged.getMessage()));
        }
    }

    private static Purge unreadable(String why) {
        return new Purge("unreadable", Purge.Mode.VALIDATE, List.of(Selector.ALL), "unreadable log entry: " + why);
    }

    private static int code(Purge.Mode mode) {
        return switch (mode) {
            case VALIDATE -> 1;
            case HARD -> 2;
            case SOFT -> 3;
        };
    }

    private static Purge.Mode mode(int code) {
        return switch (code) {
            case 2 -> Purge.Mode.HARD;
            case 3 -> Purge.Mode.SOFT;
            // an unknown mode of a later version is at least this
            default -> Purge.Mode.VALIDATE;
        };
    }
}
