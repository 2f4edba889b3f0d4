package com.freshtrack.dev.plugins.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.serve.EngineSide.EngineError;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LocalCommandTest {

    private final EngineSide engine = new EngineSide(new CommandPlugin(), "command:local:Command", "c");

    @Test
    void runsWithEnvironmentDirectoryAndStdin(@TempDir Path directory) {
        Map<String, Object> state = engine.created(Map.of(
                "create",
                "pwd; echo $A; cat; echo err >&2",
                "environment",
                Map.of("A", "a b"),
                "stdin",
                "in\n",
                "dir",
                directory.toString()));

        assertThat(state).containsEntry("stdout", directory + "\na b\nin").containsEntry("stderr", "err");
        assertThat(engine.log()).contains("a b", "err");
    }

    @Test
    void anotherInterpreterAndNoLogging() {
        Map<String, Object> state =
                engine.created(Map.of("create", "$0", "interpreter", List.of("/bin/echo", "-n"), "logging", "none"));

        assertThat(state).containsEntry("stdout", "$0");
        assertThat(engine.log()).isEmpty();
    }

    @Test
    void aChangeRunsUpdateElseCreateWithThePreviousOutput() {
        Map<String, Object> inputs = Map.of("create", "echo created:$PULUMI_COMMAND_STDOUT");
        Map<String, Object> olds = Map.of("stdout", "before", "stderr", "");

        assertThat(engine.update("id", olds, inputs, false)).containsEntry("stdout", "created:before");
        assertThat(engine.update("id", olds, Map.of("create", "false", "update", "echo updated"), false))
                .containsEntry("stdout", "updated");
        assertThat(engine.update(
                        "id",
                        olds,
                        Map.of("create", "echo [$PULUMI_COMMAND_STDOUT]", "addPreviousOutputInEnv", false),
                        false))
                .containsEntry("stdout", "[]");
        assertThat(engine.update("id", olds, inputs, true)).containsEntry("stdout", Unknown.VALUE);
    }

    @Test
    void triggersReplaceAndTheRestUpdates() {
        var diff = engine.diff(
                Map.of("create", "a", "triggers", List.of("1")),
                Map.of(),
                Map.of("create", "b", "triggers", List.of("2")));

        assertThat(diff.getReplacesList()).containsExactly("triggers");
        assertThat(diff.getDiffsList()).containsExactly("create", "triggers");
    }

    @Test
    void aFailureTellsExitCodeAndOutputButNoSecret() {
        Map<String, Object> inputs = Map.of(
                "create", "echo got $S; echo sorry >&2; exit 7", "environment", Map.of("S", new Secret("hidden1")));

        assertThatThrownBy(() -> engine.created(inputs))
                .isInstanceOf(EngineError.class)
                .hasMessageContaining("exit status 7")
                .hasMessageContaining("got [secret]")
                .hasMessageContaining("sorry")
                .hasMessageNotContaining("hidden1");
        assertThat(engine.log()).contains("got [secret]").noneMatch(line -> line.contains("hidden1"));
    }

    @Test
    void outputsAreSecretWhenAnInputIs() {
        Map<String, Object> state = engine.created(Map.of("create", "cat", "stdin", new Secret("hidden1")));

        assertThat(state).containsEntry("stdout", new Secret("hidden1"));
    }

    @Test
    void deletesAndDoesNothingWithoutADeleteCommand(@TempDir Path directory) {
        Path file = directory.resolve("deleted");

        engine.delete("id", Map.of("create", "exit 1", "stdout", "", "stderr", ""));
        engine.delete("id", Map.of("delete", "touch " + file, "stdout", "", "stderr", ""));

        assertThat(file).exists();
    }

    @Test
    void cancelEndsTheCommandAndItsChildren(@TempDir Path directory) throws Exception {
        Path pid = directory.resolve("pid");
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        engine.created(Map.of("create", "sleep 300 & echo $! > " + pid + "; wait"));
                        failure.complete(null);
                    } catch (EngineError e) {
                        failure.complete(e);
                    }
                })
                .start();
        while (!Files.exists(pid) || Files.readString(pid).isBlank()) {
            Thread.sleep(20);
        }

        engine.cancel();

        assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(EngineError.class);
        long child = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void refusesWhatItDoesNotActOn() {
        assertThat(engine.problems(Map.of("create", "true", "assetPaths", List.of("*"))))
                .singleElement()
                .asString()
                .contains("\"assetPaths\"");
    }
}
