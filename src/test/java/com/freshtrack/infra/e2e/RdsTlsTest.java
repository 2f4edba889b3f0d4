package com.freshtrack.infra.e2e;

import static com.freshtrack.infra.e2e.RdsServer.APP;
import static com.freshtrack.infra.e2e.RdsServer.HOST;
import static com.freshtrack.infra.e2e.RdsServer.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.services.ContainerFiles;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.services.ServiceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PgBouncer and migrations before a server that takes TLS alone, as their tasks on ECS run them: with a start script that composes their
 * files, and an authority of this test's own.
 */
@Tag("e2e")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RdsTlsTest {
    private static final String PREFIX =
            "freshtrack-t" + UUID.randomUUID().toString().substring(0, 6) + "-";
    private static final String NETWORK = PREFIX + "data";
    private static final String ANOTHER_HOST = "freshtrack-db2.abc.us-east-1.rds.amazonaws.com";
    private static final String PLAIN_HOST = "freshtrack-db3.abc.us-east-1.rds.amazonaws.com";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static RdsServer plain;
    private static String authority;
    private static String anotherAuthority;

    @BeforeAll
    static void start() throws IOException {
        authority = makeAuthority("ours");
        anotherAuthority = makeAuthority("another");
        openssl(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=" + HOST,
                "-keyout",
                "server.key",
                "-out",
                "server.csr");
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:" + HOST);
        openssl(
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                "ours.crt",
                "-CAkey",
                "ours.key",
                "-CAcreateserial",
                "-days",
                "1",
                "-extfile",
                "names",
                "-out",
                "server.crt");
        Docker.run("network", "create", "--internal", NETWORK);
        var image = Checkout.images().getOrDefault("postgresImage", "postgres:15-alpine");
        var server = RdsServer.start(
                PREFIX + "tls",
                image,
                383,
                "--network=" + NETWORK,
                "--network-alias=" + HOST,
                "--network-alias=" + ANOTHER_HOST);
        plain = RdsServer.start(PREFIX + "plain", image, 383, "--network=" + NETWORK, "--network-alias=" + PLAIN_HOST);
        for (var each : List.of(server, plain)) {
            each.await();
            each.administer();
            succeeds(each.roles(RdsServer.services(HOST, authority)));
        }
        takeTlsAlone(server);
    }

    @AfterAll
    static void remove() {
        Docker.removeAll(PREFIX);
    }

    @Test
    void thePoolerReachesTheServerThatProvesItsName() {
        var pooler = pooler("good", HOST, authority);

        var answer = ask(pooler, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");

        assertThat(answer.output().strip()).as(Docker.run("logs", pooler)).isEqualTo("t");
    }

    @Test
    void thePoolerLogsInNowhereElse() {
        refuses(pooler("another-authority", HOST, anotherAuthority), "certificate verify failed");
        refuses(pooler("another-host", ANOTHER_HOST, authority), "not present in server certificate");
        // PgBouncer doesn't say why; that it isn't the login is seen past it.
        refuses(pooler("no-tls", PLAIN_HOST, authority), "timeout expired");
        succeeds(plain.psql(APP, "SELECT 1"));
    }

    /** ECS sends SIGTERM, which PgBouncer answers by waiting for clients that never leave. */
    @Test
    void thePoolerEndsItsTransactionsAndLeavesWhenEcsAsks() {
        var pooler = pooler("leaving", HOST, authority);
        succeeds(ask(pooler, "SELECT 1"));
        var running = CompletableFuture.supplyAsync(() -> ask(pooler, "SELECT 'ended' FROM pg_sleep(2)"));
        await(pooler, log -> ask(pooler, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(2)%'")
                .output()
                .strip()
                .equals("2"));

        Docker.run("kill", "--signal", "TERM", pooler);

        assertThat(running.join().output().strip()).isEqualTo("ended");
        assertThat(Docker.run("wait", pooler)).isEqualTo("0");
        assertThat(Docker.attempt("logs", pooler).output()).contains("got SIGINT");
    }

    @Test
    void theMigrationsReachTheServerThatProvesItsName() {
        var good = migrations("migrate", authority);
        var bad = migrations("migrate-another-authority", anotherAuthority);

        assertThat(Docker.run("wait", good)).as(Docker.run("logs", good)).isEqualTo("0");
        await(bad, log -> log.contains("unable to verify the first certificate"));
    }

    private static String pooler(String name, String host, String authorities) {
        var spec = RdsServer.services(host, authorities).unit().pooler().orElseThrow();
        var container = run(name, spec, Checkout.images().getOrDefault("pgbouncerImage", spec.image()));
        await(container, log -> log.contains("process up"));
        return container;
    }

    private static String migrations(String name, String authorities) {
        var spec = RdsServer.services(HOST, authorities).migrations();
        return run(name, spec, Checkout.images().get("apiImage"));
    }

    /** As {@code aws/ContainerDefinition} has it: the script for an entry point, secrets as variables. */
    private static String run(String name, ServiceSpec spec, String image) {
        var files = new ContainerFiles(spec);
        var words = new ArrayList<>(List.of("run", "--detach", "--name", PREFIX + name, "--network=" + NETWORK));
        files.secrets()
                .forEach(secret -> words.addAll(List.of(
                        "--env",
                        ContainerFiles.variable(secret) + "="
                                + RdsServer.PASSWORDS.getOrDefault(secret, "another-secret-0"))));
        spec.process()
                .environment()
                .forEach((key, value) -> words.addAll(List.of("--env", key + "=" + files.moved(value))));
        if (!spec.process().user().isEmpty()) {
            words.add("--user=" + spec.process().user());
        }
        words.addAll(List.of("--entrypoint", "/bin/sh", image, "-c", files.script(), "sh"));
        spec.process().entrypoint().forEach(word -> words.add(files.moved(word)));
        spec.process().command().forEach(word -> words.add(files.moved(word)));
        Docker.run(words.toArray(String[]::new));
        return PREFIX + name;
    }

    private static Shell.Result ask(String pooler, String query) {
        return Shell.run(
                LIMIT,
                "",
                List.of(
                        "docker",
                        "exec",
                        "--env",
                        "PGPASSWORD=" + RdsServer.PASSWORDS.get(SecretNames.APP_DATABASE),
                        "--env",
                        "PGCONNECT_TIMEOUT=3",
                        pooler,
                        "psql",
                        "--no-psqlrc",
                        "--tuples-only",
                        "--no-align",
                        "--host=127.0.0.1",
                        "--port=6432",
                        "--username=" + APP,
                        "--dbname=" + FreshTrackServices.DATABASE,
                        "--command=" + query),
                Map.of());
    }

    private static void refuses(String pooler, String reason) {
        var asked = ask(pooler, "SELECT 1");
        assertThat(asked.succeeded()).as(pooler).isFalse();
        assertThat(asked.output() + Docker.attempt("logs", pooler).output()).contains(reason);
    }

    private static void await(String container, Predicate<String> condition) {
        var end = Instant.now().plus(LIMIT);
        while (!condition.test(Docker.attempt("logs", container).output())) {
            assertThat(Instant.now())
                    .as(Docker.attempt("logs", container).output())
                    .isBefore(end);
            Product.pause(Duration.ofMillis(200));
        }
    }

    private static void takeTlsAlone(RdsServer server) throws IOException {
        for (var file : List.of("server.crt", "server.key")) {
            succeeds(server.exec(
                    Files.readString(folder.resolve(file)), "sh", "-c", "umask 077 && cat >\"$PGDATA/" + file + "\""));
        }
        succeeds(
                server.exec(
                        "local all all trust\nhostssl all all all scram-sha-256\n",
                        "sh",
                        "-c",
                        "cat >\"$PGDATA/pg_hba.conf\" && psql -qc 'ALTER SYSTEM SET ssl = on' && psql -qc 'SELECT pg_reload_conf()'"));
    }

    private static String makeAuthority(String name) throws IOException {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt");
        return Files.readString(folder.resolve(name + ".crt"));
    }

    private static void openssl(String... words) {
        var command = new ArrayList<>(List.of("env", "--chdir=" + folder, "openssl"));
        command.addAll(List.of(words));
        var result = Shell.run(LIMIT, "", command, Map.of());
        assertThat(result.succeeded()).as(result.output()).isTrue();
    }
}
