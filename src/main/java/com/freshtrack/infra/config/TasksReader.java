package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.API_MAX_COUNT;
import static com.freshtrack.infra.config.ConfigKey.API_MIN_COUNT;
import static com.freshtrack.infra.config.ConfigKey.API_SPOT_WEIGHT;
import static com.freshtrack.infra.config.ConfigKey.API_TASK_CPU;
import static com.freshtrack.infra.config.ConfigKey.API_TASK_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.ECS_EXEC;
import static com.freshtrack.infra.config.ConfigKey.MINIO_TASK_CPU;
import static com.freshtrack.infra.config.ConfigKey.MINIO_TASK_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.PGBOUNCER_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.REDIS_TASK_CPU;
import static com.freshtrack.infra.config.ConfigKey.REDIS_TASK_MEMORY_MIB;

import java.util.Optional;

/** Reads how large and how many the tasks on Fargate are, and shares them out among their containers. */
final class TasksReader {
    private static final int LARGEST_CPU = 16_384;
    private static final int LARGEST_MEMORY_MIB = 122_880;

    /** What PgBouncer, a single thread that rarely fills a processor, gets of an API unit's where both want all of them. */
    private static final double POOLER_SHARE = 0.25;

    private static final int LEAST_API_MIB = 64;

    private TasksReader() {}

    static AwsConfig.Tasks read(ConfigValues values, StorageConfig storage) {
        var tasks = new AwsConfig.Tasks(
                size(values, API_TASK_CPU, API_TASK_MEMORY_MIB),
                size(values, REDIS_TASK_CPU, REDIS_TASK_MEMORY_MIB),
                storage.external().isPresent()
                        ? Optional.empty()
                        : Optional.of(size(values, MINIO_TASK_CPU, MINIO_TASK_MEMORY_MIB)),
                values.integer(API_MIN_COUNT, 1, 100),
                values.integer(API_MAX_COUNT, 1, 100),
                values.integer(API_SPOT_WEIGHT, 0, 10),
                values.flag(ECS_EXEC));
        if (values.usable(API_MIN_COUNT, API_MAX_COUNT) && tasks.minCount() > tasks.maxCount()) {
            values.refuse(
                    API_MAX_COUNT,
                    "at least freshtrack:apiMinCount, " + tasks.minCount(),
                    String.valueOf(tasks.minCount()));
        }
        return tasks;
    }

    /** What each container gets of its task. */
    static ResourcesConfig share(ConfigValues values, AwsConfig.Tasks tasks) {
        var pooler = values.integer(PGBOUNCER_MEMORY_MIB, 32, LARGEST_MEMORY_MIB);
        if (values.usable(PGBOUNCER_MEMORY_MIB, API_TASK_MEMORY_MIB, API_TASK_CPU)
                && tasks.api().memoryMiB() - pooler < LEAST_API_MIB) {
            values.refuse(
                    PGBOUNCER_MEMORY_MIB,
                    "at most %d, so that %d MiB of freshtrack:apiTaskMemoryMiB are left for the API"
                            .formatted(tasks.api().memoryMiB() - LEAST_API_MIB, LEAST_API_MIB));
        }
        var processors = tasks.api().cpu() / 1024.0;
        return ResourcesConfig.ofTasks(
                new Resources(processors * (1 - POOLER_SHARE), tasks.api().memoryMiB() - pooler),
                new Resources(processors * POOLER_SHARE, pooler),
                whole(tasks.redis()),
                tasks.minio().map(TasksReader::whole));
    }

    private static Resources whole(TaskSize task) {
        return new Resources(task.cpu() / 1024.0, task.memoryMiB());
    }

    private static TaskSize size(ConfigValues values, ConfigKey cpu, ConfigKey memory) {
        var size = new TaskSize(values.integer(cpu, 256, LARGEST_CPU), values.integer(memory, 512, LARGEST_MEMORY_MIB));
        if (!values.usable(cpu)) {
            return size;
        }
        if (!TaskSize.isCpu(size.cpu())) {
            values.refuse(cpu, "what Fargate sells: " + TaskSize.cpus());
        } else if (values.usable(memory) && !size.isSold()) {
            values.refuse(
                    memory,
                    "what Fargate sells with freshtrack:%s %d: %s MiB"
                            .formatted(cpu.text(), size.cpu(), TaskSize.memoryFor(size.cpu())),
                    String.valueOf(TaskSize.nearestMemory(size.cpu(), size.memoryMiB())));
        }
        return size;
    }
}
