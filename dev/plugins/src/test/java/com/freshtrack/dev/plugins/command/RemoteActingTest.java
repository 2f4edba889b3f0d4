package com.freshtrack.dev.plugins.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.Ran;
import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.serve.EngineSide.EngineError;
import com.freshtrack.dev.plugins.wire.Asset;
import com.freshtrack.dev.plugins.wire.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Remote commands and copies against an ssh server in a container of its own. */
@Tag("docker")
@Timeout(120)
class RemoteActingTest {

    @TempDir
    static Path directory;

    private static SshServer server;

    private final EngineSide command = new EngineSide(new CommandPlugin(), "command:remote:Command", "r");
    private final EngineSide copy = new EngineSide(new CommandPlugin(), "command:remote:CopyToRemote", "r");

    @BeforeAll
    static void start() throws Exception {
        server = SshServer.start(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void runsOnTheHostWithStdinAndVariables() {
        Map<String, Object> state = command.created(Map.of(
                "connection",
                connection(),
                "create",
                "cat; echo $FRESHTRACK_A; hostname",
                "stdin",
                "in\n",
                "environment",
                Map.of("FRESHTRACK_A", "a \"b\"")));

        assertThat(state.get("connection")).isInstanceOf(Secret.class);
        assertThat(state).containsEntry("stdout", "in\na \"b\"\nthe-host");
        assertThat(command.created(Map.of("connection", connection(), "create", new Secret("echo hidden1"))))
                .containsEntry("stdout", new Secret("hidden1"));
    }

    @Test
    void aFailureTellsTheExitCodeButNotTheKey() {
        assertThatThrownBy(() -> command.created(Map.of("connection", connection(), "create", "echo no >&2; exit 9")))
                .isInstanceOf(EngineError.class)
                .hasMessageContaining("exit status 9")
                .hasMessageContaining("no")
                .hasMessageNotContaining("PRIVATE KEY");
    }

    @Test
    void aHostWithAnotherKeyIsRefusedAndOneWithoutAKeyIsNot() {
        Map<String, Object> other = new TreeMap<>(connection());
        other.put("hostKey", server.userPublicKey());
        Map<String, Object> unverified = new TreeMap<>(connection());
        unverified.remove("hostKey");

        assertThatThrownBy(() -> command.created(Map.of("connection", other, "create", "true")))
                .hasMessageContaining("Host key verification failed");
        command.created(Map.of("connection", unverified, "create", "true"));
    }

    @Test
    void anUnreachableHostIsDialledAsOftenAsAllowed() {
        Map<String, Object> closed = new TreeMap<>(connection());
        closed.put("port", 1.0);
        closed.put("dialErrorLimit", 2.0);
        long before = System.nanoTime();

        assertThatThrownBy(() -> command.created(Map.of("connection", closed, "create", "true")))
                .hasMessageContaining("Connection refused");
        assertThat((System.nanoTime() - before) / 1_000_000).isBetween(1000L, 20_000L);
    }

    @Test
    void aKeyThatTheHostDoesNotTakeEndsWithItsReason() throws Exception {
        Path key = directory.resolve("strangers-key");
        Ran.by(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()))
                .mustSucceed();
        Map<String, Object> stranger = new TreeMap<>(connection());
        stranger.put("privateKey", Files.readString(key));
        stranger.put("dialErrorLimit", 2.0);

        assertThatThrownBy(() -> command.created(Map.of("connection", stranger, "create", "true")))
                .hasMessageContaining("Permission denied (publickey")
                .hasMessageNotContaining("PRIVATE KEY");
    }

    @Test
    void copiesTextFilesAndFolders() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("bundle/inner")).getParent();
        Files.writeString(folder.resolve("run"), "x");
        assertThat(folder.resolve("run").toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("inner/file"), "y");

        copy("/tmp/text", new Asset(false, Map.of("text", "hidden1")));
        copy("/tmp/file", new Asset(false, Map.of("path", folder.resolve("run").toString())));
        copy("/tmp/target", new Asset(true, Map.of("path", folder.toString())));
        copy("/tmp/flat", new Asset(true, Map.of("path", folder + "/")));
        copy(
                "/tmp/target",
                new Asset(false, Map.of("path", folder.resolve("run").toString())));

        assertThat(server.run("cd /tmp && find target flat -type f | sort"))
                .isEqualTo("flat/inner/file\nflat/run\ntarget/bundle/inner/file\ntarget/bundle/run\ntarget/run");
        assertThatThrownBy(() -> copy("/tmp/target", new Asset(false, Map.of("text", "x"))))
                .hasMessageContaining("is a directory");
        assertThat(
                        server.run(
                                "stat -c '%a %n' /tmp/text /tmp/file /tmp/target/bundle/run; cat /tmp/target/bundle/inner/file"))
                .isEqualTo("644 /tmp/text\n644 /tmp/file\n644 /tmp/target/bundle/run\ny");
    }

    @Test
    void aChangedConnectionAloneCopiesNothing() throws Exception {
        Asset source = new Asset(false, Map.of("text", "x"));
        Map<String, Object> olds = Map.of("connection", connection(), "remotePath", "/tmp/once", "source", source);
        Map<String, Object> news = new TreeMap<>(olds);
        news.put("connection", Map.of("host", "192.0.2.1"));

        copy.update("id", olds, news, false);
        copy.update("id", Map.of(), olds, false);

        assertThat(server.run("cat /tmp/once")).isEqualTo("x");
    }

    @Test
    void refusesWhatTheSshClientIsNotTold() {
        Map<String, Object> connection = new TreeMap<>(connection());
        connection.put("password", "hidden1");
        connection.put("proxy", Map.of("host", "p"));

        assertThat(command.problems(Map.of("connection", connection, "create", "true")))
                .hasSize(2)
                .anyMatch(problem -> problem.contains("connection.password"))
                .anyMatch(problem -> problem.contains("connection.proxy"))
                .noneMatch(problem -> problem.contains("hidden1"));
        assertThat(copy.problems(Map.of(
                        "connection",
                        connection(),
                        "remotePath",
                        "/p",
                        "source",
                        new Asset(true, Map.of("assets", Map.of("a", List.of()))))))
                .singleElement()
                .asString()
                .contains("\"source\"");
    }

    private void copy(String target, Asset source) {
        copy.created(Map.of("connection", connection(), "remotePath", target, "source", source));
    }

    private static Map<String, Object> connection() {
        return Map.of(
                "host",
                "127.0.0.1",
                "port",
                (double) server.port(),
                "privateKey",
                server.privateKey(),
                "hostKey",
                server.hostKey());
    }
}
