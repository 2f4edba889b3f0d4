package com.freshtrack.infra.vm;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.services.ScriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs on a machine before the first deploy, in a folder that stands for its root, with commands that only answer. */
@Tag("unit")
@Timeout(60)
class MachineScriptsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path root;

    @BeforeEach
    void commands() throws IOException {
        for (var command : List.of("docker", "mount", "mountpoint", "sleep", "systemctl")) {
            fake(command, "printf '%s\\n' \"" + command + " $*\" >>\"$ROOT/calls\"");
        }
    }

    @Test
    void waitsForTheListsOfPackagesWhileTheMachineUpdatesItself() throws IOException {
        fake(
                "apt-get",
                """
                echo try >>"$ROOT/tries"
                [ "$(wc -l <"$ROOT/tries")" -ge 3 ] || {
                  echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)"
                  exit 100
                }
                """);

        succeeds(updateLists());
        assertThat(Files.readAllLines(root.resolve("tries"))).hasSize(3);
        assertThat(calls()).containsExactly("sleep 5", "sleep 5");
    }

    /** What is missing is seen when it is installed. */
    @Test
    void doesNotWaitForAServerThatIsOutOfReach() throws IOException {
        fake("apt-get", "echo 'E: Failed to fetch'; exit 100");

        succeeds(updateLists());
        assertThat(calls()).isEmpty();
    }

    @Test
    void whatCloudInitFailedAtIsTriedOnceMore() throws IOException {
        fake("cloud-init", "exit 1");
        var commands = Files.createDirectories(root.resolve("var/lib/cloud/instance/scripts"))
                .resolve("runcmd");

        Files.writeString(commands, "echo no disk came up; exit 1");
        assertThat(prepared().output())
                .contains("cloud-init failed, and its commands did once more", "no disk came up");
        assertThat(calls()).isEmpty();

        Files.writeString(commands, "echo ready");
        succeeds(prepared());
        assertThat(calls()).contains("docker version");
    }

    @Test
    void theVolumeIsMountedInOnePlace() throws IOException {
        fake("blkid", "echo LABEL=freshtrack-data");
        fake("mountpoint", "exit 1");
        var script = root.resolve("first-boot");
        Files.writeString(script, inRoot(Files.readString(Path.of("host/first-boot"))));
        Files.writeString(root.resolve("prepare"), "echo prepared");
        var disk = file("dev/sda", "");
        link("dev/disk/by-label/freshtrack-data", disk);
        var byUuid = link("dev/disk/by-uuid/1", disk);
        file("etc/fstab", "");
        file("etc/systemd/system/mnt-freshtrack_prod_data.mount", "[Mount]\nWhat=" + byUuid + "\n");
        file("etc/systemd/system/mnt-other.mount", "[Mount]\nWhat=" + file("dev/sdb", "") + "\n");

        var result = run(List.of("bash", script.toString(), "freshtrack-data"));

        assertThat(result.output()).isEqualTo("prepared\n");
        assertThat(calls())
                .containsExactly(
                        "systemctl disable --now mnt-freshtrack_prod_data.mount",
                        "systemctl daemon-reload",
                        "mount " + root.resolve("mnt/freshtrack-data"),
                        "mount " + root.resolve("var/lib/docker/volumes"));
    }

    private Shell.Result updateLists() throws IOException {
        // Not all of it: the lock's name is in a message, and no file of this test's.
        var script = Files.readString(Path.of("host/prepare"))
                .replace("/var/log/", root + "/")
                .replace("\nmain \"$@\"\n", "\nupdate_lists\n");
        return run(List.of("bash", "-c", script));
    }

    private Shell.Result prepared() {
        return run(List.of("sh", "-c", inRoot(ScriptFile.read(VmCommands.class, "prepared.sh"))));
    }

    private String inRoot(String script) {
        for (var folder : List.of("/dev/disk/", "/etc/", "/mnt/", "/var/")) {
            script = script.replace(folder, root + folder);
        }
        return script;
    }

    private Shell.Result run(List<String> command) {
        return Shell.run(
                LIMIT,
                "",
                command,
                Map.of("PATH", root.resolve("bin") + ":" + System.getenv("PATH"), "ROOT", root.toString()));
    }

    private List<String> calls() throws IOException {
        var calls = root.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private void fake(String command, String script) throws IOException {
        assertThat(file("bin/" + command, "#!/bin/sh\n" + script + "\n")
                        .toFile()
                        .setExecutable(true))
                .isTrue();
    }

    private Path file(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path link(String path, Path target) throws IOException {
        var link = root.resolve(path);
        Files.createDirectories(link.getParent());
        return Files.createSymbolicLink(link, target);
    }

    private static void succeeds(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }
}
