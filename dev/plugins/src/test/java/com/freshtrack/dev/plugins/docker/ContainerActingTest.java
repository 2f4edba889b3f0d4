package com.freshtrack.dev.plugins.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.freshtrack.dev.plugins.DockerHost;
import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.serve.EngineSide.EngineError;
import com.freshtrack.dev.plugins.serve.EngineSide.Partial;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers on the Docker Engine of the machine at hand. */
@Tag("docker")
@Timeout(120)
class ContainerActingTest {

    private static final String FOREVER = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

    private final DockerHost host = new DockerHost();
    private final EngineSide engine = new EngineSide(new DockerPlugin(), "docker:index/container:Container", "c");

    @AfterEach
    void removeEverything() {
        host.close();
    }

    @Test
    void bringsFilesVariablesAndNetworksButShowsNoFile() {
        String name = host.name("container");
        String one = host.name("network");
        String two = host.name("network");
        DockerHost.run("network", "create", "--internal", one);
        DockerHost.run("network", "create", "--internal", two);
        Map<String, Object> inputs = inputs(name, FOREVER);
        inputs.put("envs", List.of("A=1 2", "B=line\nline'\""));
        inputs.put("user", "65534:65534");
        inputs.put(
                "uploads",
                List.of(
                        Map.of("file", "/run/secrets/s", "content", new Secret("hidden1\n"), "permissions", "0444"),
                        Map.of("file", "/root-only", "content", "x", "permissions", "0400")));
        inputs.put("networksAdvanced", List.of(Map.of("name", one, "aliases", List.of("al")), Map.of("name", two)));

        Map<String, Object> state = engine.created(inputs);

        assertThat(DockerHost.run("exec", name, "cat", "/run/secrets/s")).isEqualTo("hidden1");
        assertThat(DockerHost.run("exec", name, "stat", "-c", "%a %u:%g", "/run/secrets/s", "/root-only"))
                .isEqualTo("444 0:0\n400 0:0");
        assertThat(DockerHost.attempt("exec", name, "cat", "/root-only")).contains("Permission denied");
        assertThat(DockerHost.run("exec", name, "sh", "-c", "echo \"$A,$B\"")).isEqualTo("1 2,line\nline'\"");
        assertThat(DockerHost.run("inspect", name)).doesNotContain("hidden1").contains("\"al\"", one, two);
        assertThat(state.get("networkDatas"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(2);
        assertThat(state).containsEntry("exitCode", 0.0).containsEntry("logDriver", "json-file");
        assertThat((String) state.get("image")).startsWith("sha256:");
        assertThat(((Map<?, ?>) ((List<?>) state.get("uploads")).get(0)).get("content"))
                .isEqualTo(new Secret("hidden1\n"));
    }

    @Test
    void isKilledAtOnceUnlessItHasAGrace() {
        assertThat(finishes(0)).isFalse();
        assertThat(finishes(10)).isTrue();
    }

    private boolean finishes(int graceSeconds) {
        String name = host.name("container");
        String volume = host.name("volume");
        Map<String, Object> inputs =
                inputs(name, "trap 'sleep 1; echo > /data/finished; exit 0' TERM; while :; do sleep 0.1; done");
        inputs.put("volumes", List.of(Map.of("volumeName", volume, "containerPath", "/data")));
        if (graceSeconds > 0) {
            inputs.put("destroyGraceSeconds", (double) graceSeconds);
        }
        Map<String, Object> state = engine.created(inputs);
        pauseForTheTrap();

        engine.delete(DockerHost.run("inspect", "--format", "{{.Id}}", name), state);

        assertThat(DockerHost.exists("container", name)).isFalse();
        return DockerHost.run("run", "--rm", "--volume", volume + ":/data", DockerHost.image(), "ls", "/data")
                .contains("finished");
    }

    private static void pauseForTheTrap() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void waitsForHealthAndRecordsAFailureThatTheNextUpdateReplaces() {
        String name = host.name("container");
        Map<String, Object> inputs = inputs(name, FOREVER);
        inputs.put("healthcheck", Map.of("tests", List.of("CMD", "test", "-f", "/etc/passwd"), "interval", "1s"));
        inputs.put("wait", true);
        inputs.put("waitTimeout", 20.0);
        Map<String, Object> state = engine.created(inputs);
        engine.delete(name, state);

        inputs.put("healthcheck", Map.of("tests", List.of("CMD", "false"), "interval", "1s", "retries", 1.0));
        inputs.put("waitTimeout", 3.0);
        Partial partial = engine.createdInPart(inputs);

        assertThat(partial.message()).isEqualTo("container failed to be in healthy state");
        assertThat(partial.id()).isEqualTo(DockerHost.run("inspect", "--format", "{{.Id}}", name));
        var diff = engine.diff(inputs, partial.state(), inputs);
        assertThat(diff.getReplacesList()).containsExactly("image");
        assertThat(diff.getDeleteBeforeReplace()).isTrue();
        engine.delete(partial.id(), partial.state());
        assertThat(DockerHost.exists("container", name)).isFalse();
    }

    @Test
    void oneThatMustRunAndExitsIsRemoved() {
        String name = host.name("container");

        // The provider looks once, right after the start; on a busy machine the process may still be on its way to its
        // end.
        assertThatThrownBy(() -> {
                    for (int look = 0; look < 10; look++) {
                        Map<String, Object> seenRunning = engine.created(inputs(name, "exit 3"));
                        engine.delete(name, seenRunning);
                    }
                })
                .isInstanceOf(EngineError.class)
                .hasMessageContaining("container exited immediately");
        assertThat(DockerHost.exists("container", name)).isFalse();
    }

    @Test
    void oneThatNeedNotRunTellsItsLogsAndExitCode() {
        Map<String, Object> inputs = inputs(host.name("container"), "echo said; exit 3");
        inputs.putAll(Map.of("mustRun", false, "attach", true, "logs", true));

        assertThat(engine.created(inputs)).containsEntry("exitCode", 3.0).containsEntry("containerLogs", "said\n");
    }

    @Test
    void aFailedUploadLeavesARecordedContainer() {
        String name = host.name("container");
        Map<String, Object> inputs = inputs(name, FOREVER);
        inputs.put("uploads", List.of(Map.of("file", "/etc/passwd/x", "content", new Secret("hidden1"))));

        Partial partial = engine.createdInPart(inputs);

        assertThat(partial.message()).startsWith("docker cp failed").doesNotContain("hidden1");
        assertThat(partial.id()).isNotEmpty();
    }

    @Test
    void anEditedHealthCheckDoesNotReachTheContainer() {
        String name = host.name("container");
        Map<String, Object> inputs = inputs(name, FOREVER);
        inputs.put("healthcheck", Map.of("tests", List.of("CMD", "true")));
        Map<String, Object> state = engine.created(inputs);
        Map<String, Object> news = new TreeMap<>(inputs);
        news.put("healthcheck", Map.of("tests", List.of("CMD", "false")));

        assertThat(engine.diff(inputs, state, news).getReplacesList()).isEmpty();
        engine.update(name, state, news, false);

        assertThat(DockerHost.run("inspect", "--format", "{{.Config.Healthcheck.Test}}", name))
                .contains("true");
    }

    @Test
    void memoryGrowsInPlaceTogetherWithItsSwapOnly() {
        String name = host.name("container");
        Map<String, Object> inputs = inputs(name, FOREVER);
        inputs.putAll(Map.of("memory", 32.0, "memorySwap", 32.0));
        Map<String, Object> state = engine.created(inputs);

        inputs.put("memory", 48.0);
        inputs.remove("memorySwap");
        assertThatThrownBy(() -> engine.update(name, state, inputs, false))
                .hasMessageContaining("docker update failed");
        inputs.put("memorySwap", 48.0);
        engine.update(name, state, inputs, false);

        assertThat(DockerHost.run("inspect", "--format", "{{.HostConfig.Memory}}", name))
                .isEqualTo("50331648");
    }

    @Test
    void readsWhatIsThereAndWhatIsGone() {
        String name = host.name("container");
        Map<String, Object> inputs = inputs(name, FOREVER);
        inputs.put("cpuShares", 512.0);
        Map<String, Object> state = engine.created(inputs);
        assertThat(WireFormat.decode(engine.read(name, inputs, state).getInputs()))
                .isEqualTo(inputs);

        DockerHost.run("update", "--cpu-shares", "256", name);
        assertThat(WireFormat.decode(engine.read(name, inputs, state).getInputs()))
                .containsEntry("cpuShares", 256.0);

        DockerHost.run("kill", name);
        assertThat(engine.read(name, inputs, state).getId()).isEmpty();
        assertThat(DockerHost.exists("container", name)).isFalse();
        assertThat(engine.read(name, inputs, state).getId()).isEmpty();
    }

    @Test
    void actsOnTheConfiguredHost() {
        engine.configure(Map.of("host", "unix:///nowhere.sock"));

        assertThatThrownBy(() -> engine.created(inputs(host.name("container"), FOREVER)))
                .hasMessageContaining("/nowhere.sock");
    }

    /** Nothing leaves this machine: the options name a proxy, whose connections have no address and no port for ssh. */
    @Test
    void givesItsOptionsToSsh() {
        engine.configure(Map.of("host", "ssh://nobody@192.0.2.1", "sshOpts", "[\"-o\", \"ProxyCommand=sleep 1\"]"));

        assertThatThrownBy(() -> engine.created(inputs(host.name("container"), FOREVER)))
                .hasMessageContaining("Connection closed by UNKNOWN port 65535");
    }

    /** The proxy notes each connection: one command makes two or three, the API's version asked for first. */
    @Test
    void asksAHostThatRefusesOnceForAll(@TempDir Path folder) throws IOException {
        Path connections = folder.resolve("connections");
        engine.configure(Map.of(
                "host",
                "ssh://nobody@192.0.2.1",
                "sshOpts",
                "[\"-o\", \"ProxyCommand=echo refused >>" + connections + "\"]"));
        Map<String, Object> inputs = inputs(host.name("container"), FOREVER);

        Stream.generate(() -> CompletableFuture.supplyAsync(() -> catchThrowable(() -> engine.created(inputs))))
                .limit(8)
                .toList()
                .forEach(failure -> assertThat(failure.join()).hasMessageContaining("does not answer: "));

        assertThat(Files.readAllLines(connections)).hasSizeLessThan(4);
    }

    private static Map<String, Object> inputs(String name, String script) {
        return new TreeMap<>(Map.of("name", name, "image", DockerHost.image(), "command", List.of("sh", "-c", script)));
    }
}
