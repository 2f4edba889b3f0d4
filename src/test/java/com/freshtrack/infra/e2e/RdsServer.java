package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.services.Addresses;
import com.freshtrack.infra.services.FargateServices;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.services.ServiceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A server of PostgreSQL in a container, with what RDS gives to its own administrator, as far as deploys need it. */
record RdsServer(String name) {
    static final String HOST = "freshtrack-db1.abc.us-east-1.rds.amazonaws.com";
    static final String SUPERUSER_PASSWORD = "postgres01";
    static final String ADMIN = FreshTrackServices.ADMIN_ROLE;
    static final String MIGRATOR = FreshTrackServices.MIGRATOR_ROLE;
    static final String APP = FreshTrackServices.APP_ROLE;
    static final Map<String, String> PASSWORDS = Map.of(
            SecretNames.DATABASE_ADMIN, "admin0001",
            SecretNames.MIGRATOR_DATABASE, "migrator01",
            SecretNames.APP_DATABASE, "app000001");

    /** What runs on ECS with the database at this host, whose certificate one of these authorities signed. */
    static FargateServices services(String host, String authorities) {
        return FargateServices.of(
                StackConfigReader.read(
                        "t",
                        Map.of("target", "aws-fargate", "environment", "dev", "domain", "acme.io"),
                        Set.of(),
                        true),
                Addresses.onEcs(host, "internal", authorities));
    }

    static RdsServer start(String name, String image, int maxConnections, String... options) {
        var command = new ArrayList<>(
                List.of("run", "--detach", "--name", name, "--env", "POSTGRES_PASSWORD=" + SUPERUSER_PASSWORD));
        command.addAll(List.of(options));
        command.addAll(List.of(image, "postgres", "-c", "max_connections=" + maxConnections));
        Docker.run(command.toArray(String[]::new));
        return new RdsServer(name);
    }

    /** Over TCP, which a server that is being initialised doesn't listen on. */
    void await() {
        var end = Instant.now().plusSeconds(60);
        while (!Docker.attempt("exec", name, "pg_isready", "--host=127.0.0.1", "--username=postgres")
                .succeeded()) {
            assertThat(Instant.now()).as(Docker.run("logs", name)).isBefore(end);
            Product.pause(Duration.ofMillis(300));
        }
    }

    /** Makes the administrator, and the database that is his. */
    void administer() {
        succeeds(exec(
                "CREATE ROLE %s LOGIN CREATEDB CREATEROLE PASSWORD '%s';"
                                .formatted(ADMIN, PASSWORDS.get(SecretNames.DATABASE_ADMIN))
                        + " CREATE DATABASE %s OWNER %s;".formatted(FreshTrackServices.DATABASE, ADMIN),
                "psql",
                "--username=postgres",
                "--quiet",
                "--set=ON_ERROR_STOP=1"));
    }

    Shell.Result roles(FargateServices services) {
        return psql(ADMIN, text(services.roles()));
    }

    /** The statements of a task. */
    static String text(ServiceSpec spec) {
        return spec.files().get(0).render(PASSWORDS);
    }

    /** As the task does it. */
    Shell.Result psql(String role, String statements) {
        var password = PASSWORDS.get(Map.of(
                        ADMIN, SecretNames.DATABASE_ADMIN,
                        MIGRATOR, SecretNames.MIGRATOR_DATABASE,
                        APP, SecretNames.APP_DATABASE)
                .get(role));
        return exec(
                statements,
                "env",
                "PGPASSWORD=" + password,
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--set",
                "ON_ERROR_STOP=1",
                "--host=127.0.0.1",
                "--username=" + role,
                "--dbname=" + FreshTrackServices.DATABASE,
                "--file=-");
    }

    Shell.Result exec(String input, String... command) {
        var all = new ArrayList<>(List.of("docker", "exec", "--interactive", "--user", "postgres", name));
        all.addAll(List.of(command));
        return Shell.run(Duration.ofSeconds(60), input, all, Map.of());
    }

    static void succeeds(Shell.Result result) {
        assertThat(result.succeeded()).as(result.output()).isTrue();
        assertThat(result.output()).doesNotContain("WARNING");
    }

    static void fails(Shell.Result result, String reason) {
        assertThat(result.succeeded()).as(result.output()).isFalse();
        assertThat(result.output()).contains(reason);
    }
}
