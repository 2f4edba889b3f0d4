package com.freshtrack.dev.plugins.simulated.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sizes that Fargate has: for each number of cpu units the memory in MiB, from, to and step
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size ).
 */
final class FargateSize {

    private record Memory(int from, int to, int step) {

        List<Integer> values() {
            List<Integer> values = new ArrayList<>();
            for (int value = from; value <= to; value += step) {
                values.add(value);
            }
            return values;
        }
    }

    private static final Map<Integer, List<Integer>> SIZES = new TreeMap<>(Map.of(
            256, List.of(512, 1024, 2048),
            512, new Memory(1024, 4096, 1024).values(),
            1024, new Memory(2048, 8192, 1024).values(),
            2048, new Memory(4096, 16384, 1024).values(),
            4096, new Memory(8192, 30720, 1024).values(),
            8192, new Memory(16384, 61440, 4096).values(),
            16384, new Memory(32768, 122880, 8192).values()));

    private FargateSize() {}

    static List<String> problems(Map<String, Object> inputs) {
        boolean fargate = inputs.get("requiresCompatibilities") instanceof List<?> kinds && kinds.contains("FARGATE");
        if (!fargate) {
            return List.of();
        }
        List<String> problems = new ArrayList<>();
        if (inputs.get("networkMode") instanceof String mode
                ? !mode.equals("awsvpc")
                : inputs.get("networkMode") == null) {
            problems.add("property \"networkMode\" isn't what Fargate has: got " + inputs.get("networkMode")
                    + "; allowed is awsvpc");
        }
        Object cpu = inputs.get("cpu");
        Object memory = inputs.get("memory");
        if (cpu == null || memory == null) {
            problems.add("Fargate needs the task's cpu and memory: got cpu " + cpu + ", memory " + memory);
        } else if (cpu instanceof String units && memory instanceof String mebibytes) {
            List<Integer> sizes = units.matches("\\d{1,6}") ? SIZES.get(Integer.valueOf(units)) : null;
            if (sizes == null) {
                problems.add(
                        "property \"cpu\" isn't a size of Fargate: got " + units + "; allowed are " + SIZES.keySet());
            } else if (!mebibytes.matches("\\d{1,6}") || !sizes.contains(Integer.valueOf(mebibytes))) {
                problems.add("property \"memory\" doesn't go with cpu " + units + " on Fargate: got " + mebibytes
                        + "; allowed are " + sizes);
            }
        }
        return problems;
    }
}
