package com.freshtrack.dev.plugins.command;

import com.freshtrack.dev.plugins.DockerHost;
import com.freshtrack.dev.plugins.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** An ssh server in a container, with keys of its own. */
record SshServer(String container, int port, String privateKey, String userPublicKey, String hostKey) {

    private static final String IMAGE = "freshtrack-standin/test-sshd";
    private static final String DOCKERFILE =
            """
            FROM %s
            RUN apt-get update -qq \
             && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openssh-server \
             && mkdir -p /run/sshd /root/.ssh && chmod 700 /root/.ssh \
             && echo 'AcceptEnv FRESHTRACK_*' >> /etc/ssh/sshd_config
            """;

    /** Builds the image (once: Docker keeps it), starts it on a free loopback port and waits until it listens. */
    static SshServer start(Path directory) throws IOException {
        Path context = Files.createDirectory(directory.resolve("image"));
        Files.writeString(context.resolve("Dockerfile"), DOCKERFILE.formatted(DockerHost.image()));
        run(List.of("docker", "build", "--quiet", "--network", "host", "--tag", IMAGE, context.toString()));
        Path key = directory.resolve("key");
        run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()));
        String name =
                "t" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + "-sshd";
        run(List.of(
                "docker",
                "create",
                "--name",
                name,
                "--hostname",
                "the-host",
                "--publish",
                "127.0.0.1::22",
                IMAGE,
                "/usr/sbin/sshd",
                "-D",
                "-e"));
        run(List.of("docker", "cp", key + ".pub", name + ":/root/.ssh/authorized_keys"));
        run(List.of("docker", "start", name));
        run(List.of("docker", "exec", name, "chown", "root:root", "/root/.ssh/authorized_keys"));
        String published = run(List.of("docker", "port", name, "22/tcp"));
        String hostKey =
                run(List.of("docker", "exec", name, "cut", "-d", " ", "-f1,2", "/etc/ssh/ssh_host_ed25519_key.pub"));
        return new SshServer(
                name,
                Integer.parseInt(published.substring(published.lastIndexOf(':') + 1)),
                Files.readString(key),
                Files.readString(Path.of(key + ".pub")),
                hostKey);
    }

    /** Runs a shell command on the server, without ssh. */
    String run(String command) {
        return run(List.of("docker", "exec", container, "sh", "-c", command));
    }

    void stop() {
        run(List.of("docker", "rm", "--force", "--volumes", container));
    }

    private static String run(List<String> command) {
        return Ran.by(command).mustSucceed();
    }
}
