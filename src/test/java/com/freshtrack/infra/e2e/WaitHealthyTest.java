package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How {@code host/steps/wait-healthy.sh} asks a container whose engine asks once in a minute. */
@Tag("e2e")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WaitHealthyTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String container =
            "t%06x-asked".formatted(ThreadLocalRandom.current().nextInt(1 << 24));

    @AfterEach
    void remove() {
        Docker.attempt("rm", "--force", "--volumes", container);
    }

    /** So is every check that the docker command makes. */
    @Test
    void asksACheckThatIsForAShell() {
        start("test -e \"/tmp/it is ready\" && true");
        assertThat(await("2").output()).contains(container + " is not ready after 2 s");

        Docker.run("exec", container, "touch", "/tmp/it is ready");
        assertThat(await("20").output()).isEqualTo(container + " is ready\n");
    }

    @Test
    void saysAtOnceThatAContainerKeepsCrashing() {
        start("true", "--restart", "always", "--entrypoint", "false");

        assertThat(await("25").output()).contains(container + " keeps crashing");
    }

    private void start(String check, String... more) {
        var arguments = new ArrayList<>(List.of("run", "--detach", "--name", container, "--network", "none"));
        arguments.addAll(List.of("--entrypoint", "sleep", "--health-cmd", check, "--health-interval", "60s"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(Checkout.images().get("testApiImageV2"), "60"));
        Docker.run(arguments.toArray(String[]::new));
    }

    private Shell.Result await(String seconds) {
        var script = Checkout.file("host/steps/wait-healthy.sh").toString();
        return Shell.run(LIMIT, "", List.of("sh", script), Map.of("CONTAINERS", container, "TIMEOUT_SECONDS", seconds));
    }
}
