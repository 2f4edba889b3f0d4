package com.freshtrack.dev.plugins.docker;

import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import java.util.List;
import java.util.Map;

/** Removes what containers may still be leaving. */
final class Removal {

    private Removal() {}

    /** Repeats a removal while docker says that the object is in use; that it is gone already is success. */
    static void untilFree(
            DockerCli docker,
            Operation operation,
            List<String> command,
            String inUse,
            long patienceMilliseconds,
            long pauseMilliseconds)
            throws ResourceFailure, InterruptedException {
        long deadline = System.nanoTime() + patienceMilliseconds * 1_000_000L;
        while (true) {
            try {
                docker.run(operation, command, Map.of(), new byte[0]);
                return;
            } catch (ResourceFailure failure) {
                String message = failure.getMessage();
                if (message.contains("not found")
                        || message.toLowerCase(java.util.Locale.ROOT).contains("no such")) {
                    return;
                }
                if (!message.contains(inUse) || System.nanoTime() > deadline) {
                    throw failure;
                }
            }
            docker.processes().pause(pauseMilliseconds);
        }
    }
}
