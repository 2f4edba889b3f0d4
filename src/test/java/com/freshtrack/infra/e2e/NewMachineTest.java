package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.engine.Story;
import com.freshtrack.infra.services.ScriptFile;
import com.freshtrack.infra.vm.ComposeHost;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What happens on a new machine before something is deployed to it: {@code host/first-boot}, with a stand-in for {@code host/prepare},
 * which has its own test, and waiting for it. Each test goes on from the one before it.
 */
@Tag("vm")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Story.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NewMachineTest {
    private static VirtualMachine machine;

    @BeforeAll
    static void startServer() {
        machine = VirtualMachine.start();
        machine.giveFirstBoot("echo prepared\n");
    }

    @AfterAll
    static void removeServer() {
        machine.close();
    }

    @Test
    @Order(1)
    void withoutItsVolumeTheFirstBootEndsWithAClearError() {
        var before = state();

        assertThat(fails(machine.impatientFirstBoot()))
                .contains("no disk came up as /disk within 300 seconds", "Attach it")
                .doesNotContain("prepared");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void aVolumeThatHoldsSomethingElseIsRefusedAndStaysAsItWas() {
        machine.run("sh", "-c", "truncate --size 64M /disk; mkfs.ext4 -q -L somebodys /disk");
        var before = state();

        assertThat(fails(machine.firstBoot())).contains("LABEL=somebodys", "Nothing was changed");
        assertThat(state()).isEqualTo(before);

        machine.run("sh", "-c", "rm /disk; truncate --size 64M /disk; mkswap /disk");
        assertThat(fails(machine.firstBoot())).contains("TYPE=swap", "Nothing was changed");
    }

    @Test
    @Order(3)
    void anEmptyVolumeIsFormattedAndDockersVolumesLieOnIt() {
        machine.run("sh", "-c", "rm /disk; truncate --size 64M /disk");

        assertThat(succeeds(machine.firstBoot())).endsWith("prepared\n");
        assertThat(machine.run("blkid", "--probe", "--output", "export", "/disk"))
                .contains("LABEL=freshtrack-data", "TYPE=ext4");
        assertThat(machine.run("cat", "/etc/systemd/system/docker.service.d/freshtrack-data.conf"))
                .contains("[Unit]\nRequiresMountsFor=/var/lib/docker/volumes");

        machine.restart("dockerd");
        machine.run("docker", "volume", "create", "one");
        assertThat(machine.run("ls", "-A", "/disk.d/volumes")).contains("one", ".freshtrack");
        assertThat(machine.run("stat", "--format", "%a", "/var/lib/docker/volumes"))
                .as("as Docker itself has it")
                .isEqualTo("701");
    }

    @Test
    @Order(4)
    void aSecondRunChangesNothing() {
        var before = state();

        assertThat(succeeds(machine.firstBoot())).endsWith("prepared\n");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void aMachineIsWaitedForAndAnotherOneRefused() {
        var key = machine.run("cat", "/etc/ssh/ssh_host_ed25519_key.pub");
        var known = Map.of("HOST", machine.address(), "HOST_KEY", key, "PORT", "22", "TIMEOUT_SECONDS", "1");
        succeeds(ComposeMachine.local("answering.sh", known));
        assertThat(fails(ComposeMachine.local("answering.sh", with(known, "HOST_KEY", "ssh-ed25519 AAAAC3Nza"))))
                .contains("it is another machine than this stack's");
        assertThat(fails(ComposeMachine.local("answering.sh", with(known, "PORT", "2222"))))
                .contains("doesn't answer ssh at port 2222 within 1 s");
    }

    @Test
    @Order(6)
    void aMachineWhoseFirstBootFailedIsDeployedToByNobody() {
        machine.run(
                "sh",
                "-c",
                "printf '#!/bin/sh\\nexit 1\\n' >/usr/local/bin/cloud-init; chmod +x /usr/local/bin/cloud-init");
        assertThat(fails(prepared())).contains("cloud-init failed");
        machine.run("rm", "/usr/local/bin/cloud-init");
        succeeds(prepared());
    }

    /** What makes sure that the machine is ready, whatever comes of it. */
    private static Shell.Result prepared() {
        return machine.ssh("", ScriptFile.read(ComposeHost.class, "prepared.sh"));
    }

    /** What the first boot may change. */
    private static String state() {
        return machine.run(
                "sh",
                "-c",
                "sha256sum /disk /etc/fstab /etc/systemd/system/docker.service.d/* 2>&1; findmnt --list --output TARGET; find /disk.d /mnt -printf '%p %m %t\\n' 2>&1; true");
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        var changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    private static String succeeds(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
        return result.output();
    }

    private static String fails(Shell.Result result) {
        assertThat(result.exitCode()).as(result.output()).isEqualTo(1);
        return result.output();
    }
}
