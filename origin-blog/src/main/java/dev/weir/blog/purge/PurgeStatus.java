package dev.weir.blog.purge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the emitter is doing.
 *
 * @param off whether there is nobody to tell
 * @param pending events not yet applied
 * @param lastSuccess when an event was last applied, null if never
 * @param lastError what last went wrong, null if nothing since the last success
 * @param refused whether an event was refused for good and none has been applied since
 */
public record PurgeStatus(
        boolean off,
        int pending,
        @Nullable Instant lastSuccess,
        @Nullable String lastError,
        boolean refused) {}
