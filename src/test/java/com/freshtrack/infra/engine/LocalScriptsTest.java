package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code make up} and {@code make down} beside the engine, and the scripts for backups beside the host: what they ask, and what they
 * say. The stack {@code local} may be up on this machine, so that {@code pulumi}, {@code docker} and {@code curl} only answer here.
 */
@Tag("unit")
@Timeout(60)
class LocalScriptsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path project;

    @BeforeEach
    void checkout() throws IOException {
        Checkout.copyScripts(project);
        file("Pulumi.yaml", Checkout.text("Pulumi.yaml"));
        publishedAt(FreePort.any(), FreePort.any());
        file(".local/env", "PATH=\"$ROOT/.local/bin:$PATH\"\n");
        file(".local/images", "apiImage sha256:1111\n");
        command("scripts/setup", "echo set-up");
        command(".local/bin/curl", "exit \"$(cat curl.status 2>/dev/null || echo 0)\"");
        command(".local/bin/docker", "cat \"docker.$1\" 2>/dev/null || true");
        command(
                ".local/bin/pulumi",
                """
                printf '%s\\n' "$*" >>calls
                case "$1 $2" in
                  "stack ls") cat stacks 2>/dev/null || echo '[]' ;;
                  "stack init") echo '[{"name": "local"}]' >stacks ;;
                  "stack history") cat history ;;
                  "stack output") echo https://localhost ;;
                  "up --stack" | "destroy --stack") exit "$(cat engine.status 2>/dev/null || echo 0)" ;;
                esac
                """);
        changes("{\"create\": 44}");
    }

    @Test
    void theFirstRunMakesTheStackAndSaysWhereTheProductAnswers() throws IOException {
        var up = run("scripts/up");

        succeeds(up);
        assertThat(up.output())
                .startsWith("set-up\n")
                .contains("Pulumi.local.yaml made from Pulumi.dev.yaml", "FreshTrack answers at https://localhost\n")
                .contains("curl --cacert .local/caddy-root.crt https://localhost/ready", "make down")
                .doesNotContain("nothing to change");
        assertThat(Files.readString(project.resolve("Pulumi.local.yaml"))).contains("freshtrack:target: self-hosted");
        assertThat(calls())
                .containsSubsequence(
                        "stack init local --no-select",
                        "config set-all --stack local --plaintext freshtrack:apiImage=sha256:1111",
                        "up --stack local --yes");
    }

    @Test
    void aSecondRunSaysThatNothingChanged() throws IOException {
        succeeds(run("scripts/up"));
        changes("{\"same\": 44}");

        var second = run("scripts/up");

        succeeds(second);
        assertThat(second.output())
                .contains("nothing to change: what runs is what Pulumi.local.yaml asks for")
                .contains("FreshTrack answers at https://localhost\n");
        assertThat(calls()).filteredOn(call -> call.startsWith("stack init")).hasSize(1);
    }

    @Test
    void anImageOfOnesOwnStays() throws IOException {
        succeeds(run("scripts/up"));
        Files.writeString(
                project.resolve("Pulumi.local.yaml"),
                Files.readString(project.resolve("Pulumi.local.yaml"))
                        + "  freshtrack:apiImage: registry.example/api@sha256:2222\n");
        Files.delete(project.resolve("calls"));

        assertThat(run("scripts/up").output())
                .contains("stays registry.example/api@sha256:2222 (set by you; built here: sha256:1111)");
        assertThat(calls()).noneMatch(call -> call.startsWith("config"));
    }

    @Test
    void aRunThatTheEngineFailedIsAFailure() throws IOException {
        file("engine.status", "255");

        var up = run("scripts/up");

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output())
                .contains("'pulumi up' did not finish (it ended with 255", "run 'make up' again")
                .doesNotContain("answers at");
    }

    @Test
    void aProductThatDoesNotAnswerIsAFailure() throws IOException {
        file("curl.status", "7");
        command(".local/bin/sleep", "exit 0");

        var up = run("scripts/up");

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output())
                .contains("https://localhost/ready does not answer, though 'pulumi up' ended well")
                .doesNotContain("answers at");
    }

    @Test
    void whatAnotherCheckoutLeftIsNotTouched() throws IOException {
        file("docker.ps", "freshtrack-local-caddy\nfreshtrack-local-api-a\n");
        file("docker.network", "freshtrack-local-edge\n");
        file("docker.volume", "freshtrack-local-postgres\n");

        var up = run("scripts/up");

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.output())
                .contains("already has a stack 'local'", "make down VOLUMES=1")
                .contains("docker rm --force freshtrack-local-caddy freshtrack-local-api-a")
                .contains("docker network rm freshtrack-local-edge")
                .contains("docker volume rm freshtrack-local-postgres");
        assertThat(calls()).noneMatch(call -> call.startsWith("up") || call.startsWith("stack init"));
    }

    @Test
    void aPortThatIsTakenIsNamedBeforeAnythingIsMade() throws IOException {
        try (var taken = listening()) {
            publishedAt(FreePort.any(), taken.getLocalPort());

            var up = run("scripts/up");

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.output())
                    .contains("port " + taken.getLocalPort() + " is taken", "freshtrack:httpsPort PORT --stack local");
            assertThat(calls()).noneMatch(call -> call.startsWith("up"));
        }
    }

    @Test
    void aRunThatWasKilledIsNamedWithWhatReleasesIt() throws IOException {
        file(".local/state/.pulumi/locks/organization/freshtrack/local/1.json", "{\"pid\": 4194305}");

        for (var script : List.of("scripts/up", "scripts/down")) {
            file("stacks", "[{\"name\": \"local\"}]");
            var refused = run(script);

            assertThat(refused.exitCode()).as(script).isEqualTo(1);
            assertThat(refused.output())
                    .contains("still locked by a run that was killed", "pulumi cancel --yes --stack local");
        }
        assertThat(calls()).noneMatch(call -> call.startsWith("up") || call.startsWith("destroy"));
    }

    @Test
    void downKeepsWhatHoldsData() throws IOException {
        succeeds(run("scripts/up"));

        var down = run("scripts/down");

        succeeds(down);
        assertThat(down.output()).contains("volumes and passwords stay");
        assertThat(calls())
                .filteredOn(call -> call.startsWith("destroy"))
                .singleElement()
                .asString()
                .contains("--exclude **docker:index/volume:Volume::**")
                .doesNotContain("--ignore-protect");
        assertThat(calls()).noneMatch(call -> call.startsWith("stack rm"));
    }

    @Test
    void downWithVolumesRemovesAll() throws IOException {
        succeeds(run("scripts/up"));

        var down = run("scripts/down", "--volumes");

        succeeds(down);
        assertThat(down.output()).contains("all of stack 'local' is gone");
        assertThat(calls())
                .filteredOn(call -> call.startsWith("destroy"))
                .singleElement()
                .asString()
                .contains("--ignore-protect")
                .doesNotContain("--exclude");
        assertThat(calls()).endsWith("stack rm local --yes");
    }

    @Test
    void downThatFailedRemovesNoStack() throws IOException {
        succeeds(run("scripts/up"));
        file("engine.status", "255");

        var down = run("scripts/down", "--volumes");

        assertThat(down.exitCode()).isEqualTo(1);
        assertThat(down.output()).contains("'pulumi destroy' did not finish (it ended with 255");
        assertThat(calls()).noneMatch(call -> call.startsWith("stack rm"));
    }

    @Test
    void downWhereNothingIsUpHasNothingToDo() {
        var down = run("scripts/down");

        succeeds(down);
        assertThat(down.output()).isEqualTo("nothing to do: there is no stack 'local'\n");
    }

    /** There the default socket's engine would be asked for containers that are elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"aws-fargate", "do-app-platform"})
    void whatWorksOnADockerHostNamesThePageOfATargetWithoutOne(String target) throws IOException {
        file("Pulumi.team.yaml", "config:\n  freshtrack:target: " + target + "\n");

        for (var script : List.of("scripts/backup", "scripts/restore", "scripts/restore-drill")) {
            var refused = run(script, "team");

            assertThat(refused.exitCode()).as(script).isEqualTo(1);
            assertThat(refused.output())
                    .isEqualTo("\nerror: 'team' has no Docker host of its own: docs/" + target
                            + ".md says how its backups are made and restored\n");
        }
        assertThat(Checkout.file("docs/" + target + ".md")).exists();
    }

    private Shell.Result run(String script, String... options) {
        return Shell.run(
                LIMIT,
                "",
                Stream.concat(Stream.of(project.resolve(script).toString()), Stream.of(options))
                        .toList(),
                Map.of());
    }

    /** Not where the product may be up that these tests must not touch. */
    private void publishedAt(int http, int https) throws IOException {
        file(
                "Pulumi.dev.yaml",
                Checkout.text("Pulumi.dev.yaml")
                        + "  freshtrack:httpPort: \"%d\"\n  freshtrack:httpsPort: \"%d\"\n".formatted(http, https));
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    private void changes(String changes) throws IOException {
        file("history", "[{\"kind\": \"update\", \"resourceChanges\": " + changes + "}]");
    }

    private List<String> calls() throws IOException {
        var calls = project.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private void command(String path, String script) throws IOException {
        assertThat(file(path, "#!/bin/sh\n" + script + "\n").toFile().setExecutable(true))
                .isTrue();
    }

    private Path file(String path, String text) throws IOException {
        var file = project.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static void succeeds(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }
}
