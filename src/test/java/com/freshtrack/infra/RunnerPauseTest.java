package com.freshtrack.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.deployment.internal.EngineLogger;
import com.pulumi.deployment.internal.Runner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The runner of the SDK at hand still looks at its tasks where the pause makes it wait, and ends when they are done. */
@Tag("unit")
class RunnerPauseTest {
    private static final String DEPLOYMENT = "com.pulumi.deployment.internal.DeploymentImpl";
    private static final long ENGINE_MILLISECONDS = 600;
    private static final Logger LOGGER = Logger.getLogger(DEPLOYMENT);

    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void removePause() {
        LOGGER.setFilter(null);
    }

    @Test
    void theRunnerLooksNowAndThenWhileTheEngineWorks() throws ReflectiveOperationException {
        var runner = runner();
        RunnerPause.install();
        countLooks();

        var result = runner.runAsync(() -> {
            runner.registerTask("the engine's answer", engineAtWork());
            return "done";
        });

        assertThat(result.join().result()).hasValue("done");
        assertThat(looks.get()).as("looks within %d ms", ENGINE_MILLISECONDS).isBetween(3, 30);
    }

    private void countLooks() {
        var pause = LOGGER.getFilter();
        LOGGER.setFilter(message -> {
            if (message.getMessage().startsWith("Remaining tasks")) {
                looks.incrementAndGet();
            }
            return pause.isLoggable(message);
        });
    }

    /** The one that runs programs; tests with mocks get another. */
    private static Runner runner() throws ReflectiveOperationException {
        var constructor = Class.forName(DEPLOYMENT + "$DefaultRunner").getConstructor(Logger.class, EngineLogger.class);
        constructor.setAccessible(true);
        return (Runner) constructor.newInstance(LOGGER, EngineLogger.ignore());
    }

    private static CompletableFuture<Void> engineAtWork() {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(ENGINE_MILLISECONDS, TimeUnit.MILLISECONDS));
    }
}
