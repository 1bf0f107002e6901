package dev.weir.loadtest.rig;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** The bytes of the scripted answers: a serial number, then text that is the same in all of them. */
public final class ScriptedBody {
    /** Bytes of a whole body. */
    public static final int SIZE = 16 * 1024;

    /** Bytes at its start that number the answer; zeros in one that all may share. */
    public static final int SERIAL_SIZE = 16;

    private static final String[] WORDS = {
        "weir", "water", "gate", "stream", "bank", "mill", "sluice", "spring", "reed", "heron", "flood", "ford"
    };
    private static final byte[] SHARED = text();

    private ScriptedBody() {}

    /** The body with that number. */
    public static byte[] numbered(long serial) {
        byte[] body = SHARED.clone();
        byte[] digits =
                String.format(Locale.ROOT, "%0" + SERIAL_SIZE + "d", serial).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, body, 0, SERIAL_SIZE);
        return body;
    }

    private static byte[] text() {
        Random random = new Random(1); // the same text in every run
        StringBuilder text = new StringBuilder();
        while (text.length() < SIZE) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(10) == 0 ? ".\n" : " ");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), SIZE);
    }
}
