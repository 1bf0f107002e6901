package dev.weir.loadtest.rig;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One of those who are measured: a cache in front of the scripted origin, running and ready.
 *
 * @param name for people, such as {@code nginx}
 * @param cache its name in Cache-Status
 * @param version what it says of itself
 * @param doors where clients come in; several share their cache
 * @param processes that make it up, in the order of the doors where there is one for each
 */
public record Contestant(
        String name, String cache, String version, List<InetSocketAddress> doors, List<Running> processes) {
    public Contestant {
        doors = List.copyOf(doors);
        processes = List.copyOf(processes);
    }

    /** Weir itself, whose promises the verdict is about. */
    public boolean isWeir() {
        return cache.equals("weir");
    }

    /** What it has needed so far. */
    public Memory memory() {
        return processes.stream().map(Running::memory).reduce(Memory.NONE, Memory::and);
    }
}
