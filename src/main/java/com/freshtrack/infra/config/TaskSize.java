package com.freshtrack.infra.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What Fargate gives one task, in steps that it sells.
 *
 * @param cpu processor units, 1024 for each processor
 * @param memoryMiB memory in MiB
 */
public record TaskSize(int cpu, int memoryMiB) {
    /** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html. */
    private static final Map<Integer, int[]> MEMORY_MIB = memory();

    /** Whether Fargate sells this pair. */
    boolean isSold() {
        return MEMORY_MIB.containsKey(cpu) && IntStream.of(MEMORY_MIB.get(cpu)).anyMatch(memory -> memory == memoryMiB);
    }

    static boolean isCpu(int cpu) {
        return MEMORY_MIB.containsKey(cpu);
    }

    static String cpus() {
        return MEMORY_MIB.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** The memory that Fargate sells with so many processor units, for a message. */
    static String memoryFor(int cpu) {
        var memory = MEMORY_MIB.get(cpu);
        return memory.length <= 3
                ? IntStream.of(memory).mapToObj(String::valueOf).collect(Collectors.joining(", "))
                : memory[0] + " to " + memory[memory.length - 1] + " in steps of " + (memory[1] - memory[0]);
    }

    /** The sold memory that is nearest. */
    static int nearestMemory(int cpu, int memoryMiB) {
        return IntStream.of(MEMORY_MIB.get(cpu))
                .boxed()
                .min((one, other) -> Integer.compare(Math.abs(one - memoryMiB), Math.abs(other - memoryMiB)))
                .orElseThrow();
    }

    private static Map<Integer, int[]> memory() {
        var memory = new LinkedHashMap<Integer, int[]>();
        memory.put(256, new int[] {512, 1024, 2048});
        memory.put(512, steps(1024, 4096, 1024));
        memory.put(1024, steps(2048, 8192, 1024));
        memory.put(2048, steps(4096, 16_384, 1024));
        memory.put(4096, steps(8192, 30_720, 1024));
        memory.put(8192, steps(16_384, 61_440, 4096));
        memory.put(16_384, steps(32_768, 122_880, 8192));
        return memory;
    }

    private static int[] steps(int least, int most, int step) {
        return IntStream.iterate(least, size -> size <= most, size -> size + step)
                .toArray();
    }
}
