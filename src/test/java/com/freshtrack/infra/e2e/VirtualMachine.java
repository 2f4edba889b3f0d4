package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.FreePort;
import com.freshtrack.infra.engine.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A server to deploy to: a container made from {@code dev/images/vm}, with sshd and a Docker Engine of its own, in a network of
 * its own. It has an address that this machine reaches, and its port 443 on a loopback port. Whoever closes it, or ends the
 * JVM, leaves nothing of it.
 *
 * <p>The docker command knows no options of ssh, so what must reach the server gets {@link #environment()}: a PATH that begins
 * with an {@code ssh} that reads the configuration here, as a user's ssh reads {@code ~/.ssh/config}.
 */
final class VirtualMachine implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String IMAGE = "freshtrack-standin/test-vm";
    private static final String FIRST_BOOT = "bash /usr/local/lib/freshtrack/first-boot freshtrack-data";
    private static final String FIRST_BOOT_WITH_DISK = FIRST_BOOT + " /disk";

    /** Makes its disk known by its label. */
    private static final String AS_UDEV =
            "mkdir -p /dev/disk/by-label && ln -sf /disk /dev/disk/by-label/freshtrack-data";

    private static final String REGISTRY = "127.0.0.1:5000";
    private static final String PUBLIC_BASE = "debian:trixie-slim";

    /** What a Docker Engine inside a container needs; without --privileged, which not every machine allows. */
    private static final List<String> RIGHTS = List.of(
            "--cap-add=SYS_ADMIN",
            "--cap-add=NET_ADMIN",
            "--cap-add=NET_RAW",
            "--cap-add=SYS_PTRACE",
            "--cap-add=MKNOD",
            "--cap-add=DAC_READ_SEARCH",
            "--cap-add=SYSLOG",
            "--security-opt=seccomp=unconfined",
            "--security-opt=apparmor=unconfined",
            "--device=/dev/fuse",
            "--volume=/sys/fs/cgroup:/sys/fs/cgroup:rw");

    private final String name = "t%06x-vm".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    private final Path directory;
    private int httpsPort;
    private boolean closed;

    private VirtualMachine() {
        try {
            directory = Files.createTempDirectory(name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Starts a server whose root accepts one key, and waits until its ssh and its Docker Engine answer. */
    static VirtualMachine start() {
        var machine = new VirtualMachine();
        try {
            machine.create();
            machine.awaitServices();
            return machine;
        } catch (Throwable e) {
            machine.close();
            throw e;
        }
    }

    /** The name of its container. */
    String name() {
        return name;
    }

    /** Its address in its network, reachable from this machine. */
    String address() {
        return Docker.inspect("{{(index .NetworkSettings.Networks \"" + name + "\").IPAddress}}", name);
    }

    /** What {@code freshtrack:dockerHost} is for it. */
    String dockerHost() {
        return "ssh://root@" + address();
    }

    /** The loopback port of this machine behind which is its port 443. */
    int httpsPort() {
        return httpsPort;
    }

    /** Variables with which everything that runs {@code ssh} gets in. */
    Map<String, String> environment() {
        return path("bin");
    }

    /** Variables with which it doesn't: the key is another one. */
    Map<String, String> strangersEnvironment() {
        return path("strangers-bin");
    }

    /** Runs a command on the server, without ssh, and gives its output; fails when the command does. */
    String run(String... command) {
        var all = new ArrayList<>(List.of("exec", name));
        all.addAll(List.of(command));
        return Docker.run(all.toArray(String[]::new));
    }

    /** Runs a command on the server over ssh with this text on its standard input, whatever comes of it. */
    Shell.Result ssh(String input, String... command) {
        var all = new ArrayList<>(List.of(directory.resolve("bin/ssh").toString(), "root@" + address()));
        all.addAll(List.of(command));
        return Shell.run(LIMIT, input, all, Map.of());
    }

    /** Runs {@code host/prepare} on the server as docs/self-hosted.md says, and gives its lines; fails when it does. */
    List<String> prepare() {
        var result = ssh(Checkout.text("host/prepare"), "bash -s");
        assertThat(result.succeeded()).as("host/prepare: %s", result.output()).isTrue();
        return result.output().lines().toList();
    }

    /** Puts host/first-boot and, beside it, this text as host/prepare where cloud-init would. */
    void giveFirstBoot(String prepare) {
        write("host/first-boot", Checkout.text("host/first-boot"));
        write("host/prepare", prepare);
        shell("docker cp \"$1\" \"$2\"", directory.resolve("host").toString(), name + ":/usr/local/lib/freshtrack");
    }

    /** Runs host/first-boot as cloud-init would, whatever comes of it; its disk is the file {@code /disk}. */
    Shell.Result firstBoot() {
        return ssh("", FIRST_BOOT_WITH_DISK);
    }

    /** The same, where waiting takes no time. */
    Shell.Result impatientFirstBoot() {
        return ssh("", "sleep() { :; }; export -f sleep; " + FIRST_BOOT_WITH_DISK);
    }

    /** Lets it begin what a new Droplet does with its empty volume, which DigitalOcean formats; cloud-init's stand-in knows when that is done. */
    void beginFirstBoot() {
        giveFirstBoot(Checkout.text("host/prepare"));
        run(
                "sh",
                "-c",
                """
                truncate --size 64M /disk && mkfs.ext4 -q -L freshtrack-data /disk
                ln -s /usr/local/lib/cloud-init-stand-in /usr/local/bin/cloud-init
                """
                        + AS_UDEV);
        Docker.run("exec", "--detach", name, "cloud-init", "first-boot", FIRST_BOOT);
    }

    /** How often somebody waited for its first boot. */
    long waitsForFirstBoot() {
        return run("cat", "/run/cloud-init.waits").lines().count();
    }

    /** Makes its disk larger, as a cloud does with a volume. */
    void growDisk(int mebibytes) {
        run("truncate", "--size", mebibytes + "M", "/disk");
    }

    /** The size of the file system on its disk, MiB. */
    int fileSystemMiB() {
        return Integer.parseInt(
                run(
                        "sh",
                        "-c",
                        "dumpe2fs -h /disk 2>/dev/null | awk -F: '/^Block (count|size)/ { n[$1] = $2 } END { print n[\"Block count\"] * n[\"Block size\"] / 1048576 }'"));
    }

    /** Lets its programs trust an authority, as every machine trusts the public ones. */
    void trust(String certificate) {
        shell(
                "printf '%s\\n' \"$1\" | docker exec -i \"$2\" sh -c 'cat >/usr/local/share/ca-certificates/test.crt && update-ca-certificates'",
                certificate, name);
    }

    /** The private key by which it proves who it is. */
    String hostKey() {
        return run("cat", "/etc/ssh/ssh_host_ed25519_key") + "\n";
    }

    /** The private key that its root accepts. */
    String deployKey() {
        try {
            return Files.readString(directory.resolve("key"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts an image of this machine's into a registry on the server, where its engine doesn't have it yet; gives its name by digest. */
    String publish(String image) {
        var repository = REGISTRY + "/freshtrack/api";
        run(
                "sh",
                "-c",
                "curl -fs http://" + REGISTRY
                        + "/v2/ >/dev/null || { docker-registry serve /etc/docker/registry/config.yml >/var/log/registry.log 2>&1 & curl -fsS --retry 20 --retry-connrefused --retry-delay 1 http://"
                        + REGISTRY + "/v2/; }");
        load(List.of(image));
        run("docker", "tag", image, repository);
        run("docker", "push", "--quiet", repository);
        var published = run("docker", "image", "inspect", "--format", "{{index .RepoDigests 0}}", repository);
        run("docker", "image", "rm", "--force", image);
        return published;
    }

    /** Gives its engine these images of this machine's. */
    void load(Collection<String> images) {
        shell("docker save \"$@\" | docker exec -i " + name + " docker load", images.toArray(String[]::new));
    }

    /** Switches it off and on again; returns when its ssh and its Docker Engine answer. */
    void restart() {
        Docker.run("restart", "--time", "30", name);
        run("sh", "-c", "[ ! -e /disk ] || { " + AS_UDEV + "; }");
        awaitServices();
    }

    /** Ends {@code sshd} or {@code dockerd}, which its init starts again; returns when both answer. */
    void restart(String daemon) {
        run(
                "sh",
                "-c",
                "old=$(pgrep -o -x " + daemon + "); kill $old; while kill -0 $old 2>/dev/null; do sleep 0.1; done");
        awaitServices();
    }

    /** Ends a daemon as the kernel would; its init starts it again, and this returns when ssh and Docker answer. */
    void kill(String daemon) {
        run("pkill", "-KILL", "-o", "-x", daemon);
        awaitServices();
    }

    private void awaitServices() {
        var end = Instant.now().plusSeconds(60);
        while (!Docker.attempt("exec", name, "sh", "-c", "docker version && ss -Hltn 'sport = :22' | grep .")
                .succeeded()) {
            assertThat(Instant.now()).as("sshd and dockerd of %s answer", name).isBefore(end);
            Product.pause(Duration.ofMillis(300));
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        // What a test put beside it goes too; volumes are anonymous and go with their containers.
        Docker.run("ps", "--all", "--quiet", "--filter", "network=" + name)
                .lines()
                .filter(container -> !container.isBlank())
                .forEach(container -> Docker.attempt("rm", "--force", "--volumes", container));
        Docker.attempt("rm", "--force", "--volumes", name);
        Docker.attempt("network", "rm", name);
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image of such servers; built once, because Docker keeps the layers. */
    static String image() {
        var context = Checkout.file("dev/images/vm").toString();
        shell(
                "DOCKER_BUILDKIT=0 docker build --quiet --network host --tag \"$@\"",
                IMAGE,
                "--build-arg",
                "BASE=" + base(),
                context);
        return IMAGE;
    }

    private void create() {
        var image = image();
        httpsPort = FreePort.any();
        Docker.run("network", "create", name);
        var arguments = new ArrayList<>(List.of("create", "--name", name, "--hostname", "the-server"));
        arguments.addAll(List.of("--network", name, "--publish", "127.0.0.1:" + httpsPort + ":443"));
        arguments.addAll(RIGHTS);
        arguments.add(image);
        Docker.run(arguments.toArray(String[]::new));
        var key = key("key");
        shell("docker cp \"$1\" \"$2\"", key + ".pub", name + ":/root/.ssh/authorized_keys");
        Docker.run("start", name);
        run("chown", "root:root", "/root/.ssh/authorized_keys");
        writeSsh("bin", key);
        writeSsh("strangers-bin", key("strangers-key"));
    }

    private static String base() {
        return Docker.run("images", "--format", "{{.Repository}}:{{.Tag}}", "freshtrack-standin/debian")
                .lines()
                .filter(image -> image.contains(":trixie"))
                .findFirst()
                .orElse(PUBLIC_BASE);
    }

    private Path key(String file) {
        var key = directory.resolve(file);
        shell("ssh-keygen -q -t ed25519 -N '' -f \"$1\"", key.toString());
        return key;
    }

    /** The part of a user's ~/.ssh/config that docs/self-hosted.md asks for, with this key and the server's host key. */
    private void writeSsh(String folder, Path key) {
        var hostKey = run(
                "sh",
                "-c",
                "until [ -s /etc/ssh/ssh_host_ed25519_key.pub ]; do sleep 0.1; done; cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub");
        write("known_hosts", address() + " " + hostKey + "\n");
        write(
                folder + "/config",
                """
                Host *
                  IdentityFile %s
                  IdentitiesOnly yes
                  UserKnownHostsFile %s
                  ControlMaster auto
                  ControlPath %s/%%C
                  ControlPersist 30
                """
                        .formatted(key, directory.resolve("known_hosts"), directory.resolve(folder)));
        var ssh = write(
                folder + "/ssh",
                "#!/bin/sh\nexec /usr/bin/ssh -F %s \"$@\"\n".formatted(directory.resolve(folder + "/config")));
        try {
            Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String file, String text) {
        try {
            var path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> path(String folder) {
        return Map.of("PATH", directory.resolve(folder) + ":" + System.getenv("PATH"));
    }

    private static void shell(String script, String... arguments) {
        var command = new ArrayList<>(List.of("bash", "-c", "set -euo pipefail; " + script, "bash"));
        command.addAll(Arrays.asList(arguments));
        var result = Shell.run(LIMIT, "", command, Map.of());
        assertThat(result.succeeded()).as("%s: %s", script, result.output()).isTrue();
    }
}
