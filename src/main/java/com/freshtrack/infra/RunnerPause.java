package com.freshtrack.infra;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Gives the SDK's runner a pause between two looks at its open tasks.
 *
 * <p>As of com.pulumi:pulumi 1.36.1 {@code DeploymentImpl.DefaultRunner.loopUntilDone} looks again at once, on a new thread, and
 * writes the whole list into a message that nobody reads: a processor and gigabytes of garbage for as long as the engine
 * works. The message is the only place where a program can make it wait.
 */
final class RunnerPause implements Filter {
    private static final long MILLISECONDS = 100;

    /** Held, because the log manager alone would let it be collected, and the filter with it. */
    private static final Logger RUNNER = Logger.getLogger("com.pulumi.deployment.internal.DeploymentImpl");

    private RunnerPause() {}

    /** Installs it; to be called once the program runs, because the SDK sets the logger's level when it starts. */
    static void install() {
        RUNNER.setFilter(new RunnerPause());
        RUNNER.setLevel(Level.FINEST);
    }

    @Override
    public boolean isLoggable(LogRecord message) {
        if (message.getMessage().startsWith("Remaining tasks")) {
            try {
                Thread.sleep(MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }
}
