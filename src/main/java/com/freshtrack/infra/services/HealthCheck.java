package com.freshtrack.infra.services;

import java.util.ArrayList;
import java.util.List;

/**
 * A command inside the service that ends with 0 when it is ready.
 *
 * @param command the command and its arguments, run without a shell
 * @param intervalSeconds the pause between two runs
 * @param timeoutSeconds after which a run counts as failed
 * @param retries how many failures in a row make the service unhealthy
 * @param startPeriodSeconds how long failures don't count after a start
 */
public record HealthCheck(
        List<String> command, int intervalSeconds, int timeoutSeconds, int retries, int startPeriodSeconds) {

    /**
     * How often most services on a Docker host are asked: each run starts a process beside the service. No deploy waits for it, because
     * {@code host/steps/wait-healthy.sh} asks by itself, and nothing comes of what it finds.
     */
    static final int INTERVAL_SECONDS = 15;

    /** How often Redis and MinIO are asked where the platform puts a new one in the place of one that is unhealthy. */
    static final int REPLACING_INTERVAL_SECONDS = 5;

    /** The command in Docker's and ECS's own notation. */
    public List<String> test() {
        var test = new ArrayList<>(List.of("CMD"));
        test.addAll(command);
        return List.copyOf(test);
    }
}
