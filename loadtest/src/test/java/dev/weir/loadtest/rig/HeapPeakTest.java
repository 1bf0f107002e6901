package dev.weir.loadtest.rig;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapPeakTest {
    @Test
    void isTheMostBeforeAnyCollection() {
        String log = """
                [0.010s][info][gc] Using G1
                [1.234s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 23M->5M(32M) 5.123ms
                [2.345s][info][gc] GC(1) Pause Young (Concurrent Start) (Metadata GC Threshold) 123M->45M(512M) 5.1ms
                [2.400s][info][gc] GC(2) Concurrent Mark Cycle 8.000ms
                [3.456s][info][gc] GC(3) Pause Remark 46M->46M(512M) 1.123ms
                """;
        assertThat(HeapPeak.beforeCollections(log)).isEqualTo(123L << 20);
        assertThat(HeapPeak.beforeCollections("GC(1) Pause Full (System.gc()) 2048K->1024K(8192K) 1.0ms"))
                .isEqualTo(2L << 20);
        assertThat(HeapPeak.beforeCollections("")).isZero();
    }

    @Test
    void inUseIsTheSumOfTheHeapsPools() {
        String metrics = """
                # TYPE jvm_memory_used_bytes gauge
                jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1.0E7
                jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 2345678.0
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.9E7
                jvm_memory_max_bytes{area="heap",id="G1 Old Gen"} 5.36870912E8
                """;
        assertThat(HeapPeak.inUse(metrics)).isEqualTo(12_345_678);
        assertThat(HeapPeak.inUse("")).isZero();
    }
}
