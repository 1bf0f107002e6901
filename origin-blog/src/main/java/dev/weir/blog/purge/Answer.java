package dev.weir.blog.purge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param retryAfter how long the gateway asks to wait, null if it did not
 * @param detail one line for log and health, without anything secret
 */
record Answer(Verdict verdict, @Nullable Duration retryAfter, String detail) {
    /** From best to worst. */
    enum Verdict {
        /** 200: in the log, and every replica has applied it. */
        APPLIED,
        /** 202: in the log, some replicas still open. */
        RECORDED,
        /** Not in the log, or nobody knows; worth another attempt. */
        NOT_NOW,
        /** 400, 401, 413: the same event will never be taken. */
        REFUSED
    }

    static Answer notNow(String detail) {
        return new Answer(Verdict.NOT_NOW, null, detail);
    }

    /** Nothing is gained by asking the next address: all gateways write one log. */
    boolean isRecorded() {
        return verdict == Verdict.APPLIED || verdict == Verdict.RECORDED;
    }

    /** No further attempt will follow. */
    boolean isFinal() {
        return verdict == Verdict.APPLIED || verdict == Verdict.REFUSED;
    }

    /** The better of two addresses' answers, with the longer of the two waits. */
    Answer or(Answer other) {
        Answer better = other.verdict.compareTo(verdict) < 0 ? other : this;
        return new Answer(better.verdict, longer(retryAfter, other.retryAfter), better.detail);
    }

    private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration two) {
        if (one == null || two == null) {
            return one == null ? two : one;
        }
        return one.compareTo(two) >= 0 ? one : two;
    }
}
