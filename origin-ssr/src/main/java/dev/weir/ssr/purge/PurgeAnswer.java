package dev.weir.ssr.purge;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one attempt.
 *
 * @param detail for people: the address and what it said
 * @param retryAfter the pause that the gateway asked for; null if it asked for none
 */
record PurgeAnswer(Verdict verdict, String detail, @Nullable Duration retryAfter) {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** The kinds of answers, from best to worst. */
    enum Verdict {
        /** Every replica has applied it. */
        APPLIED,
        /** It is in the log, but some replica is still open: ask again under the same id. */
        RECORDED,
        /** No, and asking again will not help. */
        REFUSED,
        /** No answer, or not now. */
        FAILED
    }

    static PurgeAnswer of(String address, int status, @Nullable String retryAfter) {
        Verdict verdict = switch (status) {
            case 200 -> Verdict.APPLIED;
            case 202 -> Verdict.RECORDED;
            case 400, 401, 413 -> Verdict.REFUSED;
            default -> Verdict.FAILED;
        };
        return new PurgeAnswer(verdict, address + " answered " + status, seconds(retryAfter));
    }

    static PurgeAnswer failed(String address, Throwable cause) {
        return new PurgeAnswer(Verdict.FAILED, address + ": " + cause, null);
    }

    private static @Nullable Duration seconds(@Nullable String retryAfter) {
        if (retryAfter == null || !retryAfter.matches("[0-9]{1,6}")) {
            return null;
        }
        Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter));
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    /** Returns whether another address may still do better than this. */
    boolean leavesHope() {
        return verdict == Verdict.REFUSED || verdict == Verdict.FAILED;
    }

    /** Returns the better of both; of two equal ones the later. */
    PurgeAnswer or(PurgeAnswer later) {
        // A refusal counts only if nobody merely failed: that one may accept the event when it is back.
        if (verdict == Verdict.FAILED && later.verdict == Verdict.REFUSED) {
            return this;
        }
        if (verdict == Verdict.REFUSED && later.verdict == Verdict.FAILED) {
            return later;
        }
        return later.verdict.compareTo(verdict) <= 0 ? later : this;
    }
}
