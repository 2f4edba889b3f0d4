package com.freshtrack.dev.plugins.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.dev.plugins.schema.PackageSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerArgumentsTest {

    static Stream<Arguments> options() {
        return Stream.of(
                row("name", "n", "--name n"),
                row("user", "1:2", "--user 1:2"),
                row("hostname", "h", "--hostname h"),
                row("domainname", "d", "--domainname d"),
                row("workingDir", "/w", "--workdir /w"),
                row("platform", "linux/amd64", "--platform linux/amd64"),
                row("runtime", "runc", "--runtime runc"),
                row("stopSignal", "SIGINT", "--stop-signal SIGINT"),
                row("stopTimeout", 20.0, "--stop-timeout 20"),
                row("cpus", "0.5", "--cpus 0.5"),
                row("cpuShares", 512.0, "--cpu-shares 512"),
                row("cpuSet", "0-1", "--cpuset-cpus 0-1"),
                row("cpuPeriod", 1000.0, "--cpu-period 1000"),
                row("cpuQuota", 500.0, "--cpu-quota 500"),
                row("cgroupParent", "c", "--cgroup-parent c"),
                row("cgroupnsMode", "private", "--cgroupns private"),
                row("ipcMode", "none", "--ipc none"),
                row("pidMode", "host", "--pid host"),
                row("usernsMode", "host", "--userns host"),
                row("logDriver", "json-file", "--log-driver json-file"),
                row("logOpts", Map.of("max-size", "1m", "max-file", "2"), "--log-opt max-file=2 --log-opt max-size=1m"),
                row("storageOpts", Map.of("size", "1G"), "--storage-opt size=1G"),
                row("sysctls", Map.of("net.core.somaxconn", "9"), "--sysctl net.core.somaxconn=9"),
                row("dns", List.of("1.1.1.1"), "--dns 1.1.1.1"),
                row("dnsOpts", List.of("ndots:1"), "--dns-option ndots:1"),
                row("dnsSearches", List.of("x"), "--dns-search x"),
                row("groupAdds", List.of("5"), "--group-add 5"),
                row("securityOpts", List.of("no-new-privileges"), "--security-opt no-new-privileges"),
                row("init", true, "--init=true"),
                row("init", false, "--init=false"),
                row("privileged", true, "--privileged=true"),
                row("publishAllPorts", true, "--publish-all=true"),
                row("readOnly", true, "--read-only=true"),
                row("rm", true, "--rm=true"),
                row("stdinOpen", true, "--interactive=true"),
                row("tty", true, "--tty=true"),
                row("memory", 64.0, "--memory 64m"),
                row("memoryReservation", 32.0, "--memory-reservation 32m"),
                row("memorySwap", 64.0, "--memory-swap 64m"),
                row("memorySwap", -1.0, "--memory-swap -1"),
                row("shmSize", 8.0, "--shm-size 8m"),
                row("restart", "unless-stopped", "--restart unless-stopped"),
                row("ulimits", List.of(Map.of("name", "nofile", "soft", 1.0, "hard", 2.0)), "--ulimit nofile=1:2"),
                row(
                        "capabilities",
                        Map.of("adds", List.of("A"), "drops", List.of("ALL")),
                        "--cap-add A --cap-drop ALL"),
                row("labels", List.of(Map.of("label", "l", "value", "v")), "--label l=v"),
                row("hosts", List.of(Map.of("host", "h", "ip", "1.2.3.4")), "--add-host h:1.2.3.4"),
                row("devices", List.of(Map.of("hostPath", "/dev/fuse")), "--device /dev/fuse:/dev/fuse:rwm"),
                row("deviceReadBps", List.of(Map.of("path", "/d", "rate", 1.0)), "--device-read-bps /d:1"),
                row("deviceReadIops", List.of(Map.of("path", "/d", "rate", 1.0)), "--device-read-iops /d:1"),
                row("deviceWriteBps", List.of(Map.of("path", "/d", "rate", 1.0)), "--device-write-bps /d:1"),
                row("deviceWriteIops", List.of(Map.of("path", "/d", "rate", 1.0)), "--device-write-iops /d:1"),
                row("ports", List.of(Map.of("internal", 80.0)), "--publish 80/tcp"),
                row("ports", List.of(Map.of("internal", 80.0, "external", 81.0)), "--publish 81:80/tcp"),
                row("ports", port("127.0.0.1"), "--publish 127.0.0.1:443:443/udp"),
                row("ports", port("::1"), "--publish [::1]:443:443/udp"),
                row("networkMode", "none", "--network none"),
                row("tmpfs", Map.of("/t", "size=1m", "/u", ""), "--tmpfs /t:size=1m --tmpfs /u"),
                row("volumes", List.of(Map.of("volumeName", "v", "containerPath", "/d")), "--volume v:/d"),
                row(
                        "volumes",
                        List.of(Map.of("hostPath", "/h", "containerPath", "/d", "readOnly", true)),
                        "--volume /h:/d:ro"),
                row("volumes", List.of(Map.of("containerPath", "/d")), "--volume /d"),
                row("volumes", List.of(Map.of("fromContainer", "c")), "--volumes-from c"),
                row("entrypoints", List.of("a", "b"), "--entrypoint a IMAGE b"),
                row("command", List.of("x", "y"), "IMAGE x y"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("options")
    void eachPropertyHasItsOption(String property, Object value, String expected) {
        Map<String, Object> inputs = Map.of("image", "IMAGE", property, value);

        assertThat(String.join(" ", create(inputs)) + " ")
                .startsWith("create ")
                .contains(" " + expected + " ")
                .contains(" IMAGE ");
    }

    @Test
    void everyPropertyOfTheSchemaIsWrittenRefusedOrHandledAfterTheCreation() {
        Set<String> handledByContainer = Set.of(
                "image",
                "envs",
                "networksAdvanced",
                "mounts",
                "healthcheck",
                "uploads",
                "start",
                "wait",
                "waitTimeout",
                "attach",
                "logs",
                "mustRun",
                "removeVolumes",
                "destroyGraceSeconds",
                "maxRetryCount",
                "containerReadRefreshTimeoutMilliseconds");
        Set<String> written = new java.util.HashSet<>();
        options().forEach(row -> written.add((String) row.get()[0]));
        List<String> open = new ArrayList<>();
        PackageSchema.load("docker")
                .resource("docker:index/container:Container")
                .orElseThrow()
                .path("inputProperties")
                .fieldNames()
                .forEachRemaining(open::add);

        open.removeAll(handledByContainer);
        open.removeAll(written);
        open.removeIf(
                name -> !ContainerCheck.problems(Map.of(name, List.of("x"))).isEmpty());

        assertThat(open).isEmpty();
    }

    @Test
    void theFirstNetworkIsJoinedAtCreationTheOthersBeforeTheStart() {
        Map<String, Object> inputs = Map.of(
                "image",
                "IMAGE",
                "networksAdvanced",
                List.of(
                        Map.of("name", "one", "aliases", List.of("a", "b"), "ipv4Address", "10.0.0.2"),
                        Map.of("name", "two", "aliases", List.of("c"))));

        assertThat(create(inputs)).containsSequence("--network", "name=one,alias=a,alias=b,ip=10.0.0.2");
        assertThat(ContainerArguments.connections(new Inputs(inputs), "ID"))
                .containsExactly(List.of("network", "connect", "--alias", "c", "two", "ID"));
    }

    @Test
    void mountsAreOneCsvField() {
        Map<String, Object> mount = new TreeMap<>(Map.of("type", "tmpfs", "target", "/a,b"));
        mount.put("tmpfsOptions", Map.of("sizeBytes", 1024.0, "mode", 1023.0));

        assertThat(create(Map.of("image", "IMAGE", "mounts", List.of(mount))))
                .containsSequence("--mount", "type=tmpfs,\"target=/a,b\",tmpfs-size=1024,tmpfs-mode=1777");
    }

    @Test
    void healthChecksBecomeShellChecks() {
        assertThat(health(List.of("CMD", "pg_isready", "-d", "my db")))
                .containsSequence("--health-cmd", "exec pg_isready -d 'my db'", "--health-interval", "5s")
                .containsSequence("--health-retries", "3");
        assertThat(health(List.of("CMD-SHELL", "a || b"))).containsSequence("--health-cmd", "a || b");
        assertThat(health(List.of("NONE"))).contains("--no-healthcheck").doesNotContain("--health-interval");
    }

    @Test
    void noValueOfTheEnvironmentIsOnTheCommandLine() {
        List<String> envs = List.of("A=hidden1", "B=hidden2\nline");

        ContainerEnvironment environment = ContainerEnvironment.of(envs);
        List<String> arguments =
                ContainerArguments.create(new Inputs(Map.of("image", "IMAGE", "envs", envs)), environment.options());

        assertThat(arguments).containsSequence("--env-file", "/dev/stdin", "--env", "B");
        assertThat(String.join(" ", arguments)).doesNotContain("hidden");
        assertThat(environment.variables()).containsExactly(Map.entry("B", "hidden2\nline"));
        assertThat(new String(environment.stdin(), StandardCharsets.UTF_8)).isEqualTo("A=hidden1\n");
    }

    private static List<String> health(List<String> tests) {
        return create(
                Map.of("image", "IMAGE", "healthcheck", Map.of("tests", tests, "interval", "5s", "retries", 3.0)));
    }

    private static List<String> create(Map<String, Object> inputs) {
        return ContainerArguments.create(new Inputs(inputs), List.of());
    }

    private static Arguments row(String property, Object value, String expected) {
        return Arguments.of(property, value, expected);
    }

    private static List<Object> port(String ip) {
        return List.of(Map.of("internal", 443.0, "external", 443.0, "ip", ip, "protocol", "udp"));
    }
}
