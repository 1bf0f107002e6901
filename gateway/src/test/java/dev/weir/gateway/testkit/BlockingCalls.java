package dev.weir.gateway.testkit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Keeps what BlockHound found in this JVM: it breaks off whoever blocks an event loop, but what it throws may be dropped
 * on the way, and then shows only as an answer that never comes.
 *
 * <p>Netty's allocator may take its own short locks. Netty tells BlockHound of those of its pooled allocator and forgets some
 * of the adaptive one, the default since 4.2: whoever adds a magazine of buffers while others allocate waits for nanoseconds.
 */
public final class BlockingCalls implements BlockHoundIntegration {

    private static final String ALLOCATOR = "io.netty.buffer.AdaptivePoolingAllocator";

    private static final Queue<BlockingOperationError> FOUND = new ConcurrentLinkedQueue<>();

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(ALLOCATOR + "$MagazineGroup", "tryExpandMagazines")
                .allowBlockingCallsInside(ALLOCATOR + "$MagazineGroup", "free")
                .allowBlockingCallsInside(ALLOCATOR + "$Magazine", "free")
                .blockingMethodCallback(method -> {
                    BlockingOperationError found = new BlockingOperationError(method);
                    FOUND.add(found);
                    throw found;
                });
    }

    /** What was found since the last call. */
    public static List<BlockingOperationError> taken() {
        List<BlockingOperationError> taken = List.copyOf(FOUND);
        FOUND.removeAll(taken);
        return taken;
    }
}
