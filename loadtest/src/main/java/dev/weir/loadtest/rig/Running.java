package dev.weir.loadtest.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process of a contestant, its own children included.
 *
 * @param managementPort where a gateway tells of its JVM; empty for what is no JVM
 * @param gcLog what its JVM writes of each collection; not there for what is no JVM
 */
public record Running(ProcessHandle process, OptionalInt managementPort, Path gcLog) {
    // VmHWM:    123456 kB  (proc(5): peak resident set size)
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

    Memory memory() {
        long resident = 0;
        for (ProcessHandle each :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            long peak = residentPeak(Path.of("/proc", Long.toString(each.pid()), "status"));
            if (peak == Memory.UNKNOWN) {
                return new Memory(heaps(), Memory.UNKNOWN);
            }
            resident += peak;
        }
        return new Memory(heaps(), resident);
    }

    private List<Long> heaps() {
        if (managementPort.isEmpty()) {
            return List.of();
        }
        long now = Loopback.get(managementPort.getAsInt(), "/actuator/prometheus")
                .map(HeapPeak::inUse)
                .orElse(0L);
        return List.of(Math.max(now, HeapPeak.beforeCollections(read(gcLog))));
    }

    private static long residentPeak(Path status) {
        Matcher peak = PEAK.matcher(read(status));
        return peak.find() ? Long.parseLong(peak.group(1)) << 10 : Memory.UNKNOWN;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }
}
