package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.CheckoutCopy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Follows {@code docs/self-hosted.md} from an empty server to its teardown. What differs from a reader's day: the values of
 * "What is yours", the images, and {@code dev} instead of {@code prod}, which refuses stand-in images.
 */
@Tag("page")
@Timeout(value = 1500, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerPageTest {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String DOMAIN = "freshtrack.example.com";

    @Test
    void itsCommandsWorkInTheirOrder() {
        var images = Checkout.images();
        var commands = new LinkedHashMap<>(ServerPage.commands());
        try (var machine = VirtualMachine.start();
                var storage = Offsite.start(machine.name() + "-offsite", machine.name());
                var checkout = new CheckoutCopy(machine.environment())) {
            machine.load(images.values());
            commands.remove("What is yours");
            var reader = new Reader(machine, checkout, yours(machine, storage, checkout));

            reader.follow(commands.remove("Before the first deploy"));
            reader.follow(withImages(commands.remove("First deploy"), images));
            var reading = UUID.randomUUID();
            assertThat(reader.post(reading)).isEqualTo("201");

            assertThat(reader.follow(commands.remove("DNS and certificates")))
                    .contains(DOMAIN + " A the public address of ", "grafana." + DOMAIN + " A ");
            reader.set("API_IMAGE", images.get("testApiImageV2"));
            reader.follow(commands.remove("A new release"));
            assertThat(reader.get("/version")).contains("v2");
            assertThat(reader.follow(commands.remove("Monitoring"))).contains("https://grafana." + DOMAIN);

            assertThat(reader.follow(commands.remove("Backup and restore")))
                    .contains("offsite  ", "the drill passed", "restored");
            assertThat(reader.get("/readings/" + reading)).contains("\"page\"");

            reader.follow(commands.remove("A new major version of PostgreSQL")
                    .replace("postgres:16", images.get("testPostgresImageNext"))
                    .replace("eeshugerman/postgres-backup-s3:16", images.get("testBackupImageNext")));
            assertThat(reader.database("SHOW server_version")).startsWith("17.");
            assertThat(reader.get("/readings/" + reading)).contains("\"page\"");
            assertThat(reader.post(UUID.randomUUID())).isEqualTo("201");

            reader.follow(commands.remove("Teardown"));
            assertThat(machine.run("docker", "ps", "--all", "--quiet")).isEmpty();
            assertThat(machine.run("docker", "volume", "ls", "--quiet")).isEmpty();
            assertThat(commands).as("sections that nothing ran").isEmpty();
        }
    }

    private static Map<String, String> yours(VirtualMachine machine, Offsite storage, CheckoutCopy checkout) {
        return Map.of(
                "SERVER",
                "root@" + machine.address(),
                "STACK",
                checkout.stack(),
                "DOMAIN",
                DOMAIN,
                "EMAIL",
                "ops@example.com",
                "API_IMAGE",
                Checkout.images().get("apiImage"),
                "BACKUP_ENDPOINT",
                storage.url(),
                "BACKUP_BUCKET",
                Offsite.BUCKET,
                "BACKUP_ACCESS_KEY",
                Offsite.ACCESS_KEY,
                "BACKUP_SECRET_KEY",
                Offsite.SECRET_KEY);
    }

    /** What a server without a container registry needs, before the deploy, which is the section's last command. */
    private static String withImages(String commands, Map<String, String> images) {
        var settings = new TreeMap<>(Map.of("environment", "dev", "observability", "true", "backup", "true"));
        images.forEach((key, image) -> {
            if (!key.startsWith("test") && !key.equals("apiImage")) {
                settings.put(key, image);
            }
        });
        var text = new StringBuilder();
        settings.forEach((key, value) ->
                text.append("pulumi config set --stack \"$STACK\" freshtrack:%s '%s'\n".formatted(key, value)));
        return commands.replace("scripts/deploy-vm.sh", text + "scripts/deploy-vm.sh");
    }

    /** Somebody in a shell, which remembers what was exported. */
    private static final class Reader {
        private final VirtualMachine machine;
        private final CheckoutCopy checkout;
        private final Map<String, String> exported;

        Reader(VirtualMachine machine, CheckoutCopy checkout, Map<String, String> exported) {
            this.machine = machine;
            this.checkout = checkout;
            this.exported = new TreeMap<>(exported);
        }

        void set(String name, String value) {
            exported.put(name, value);
        }

        /** Runs a section's commands and gives what they print; fails at the first that does. */
        String follow(String commands) {
            var script = new StringBuilder("set -euo pipefail\n");
            exported.forEach((name, value) -> script.append("export %s='%s'\n".formatted(name, value)));
            // Its own standard input, so that no command reads the commands after it.
            script.append("main() {\n").append(commands).append("}\nmain </dev/null\n");
            var result = checkout.run(LIMIT, script.toString());
            assertThat(result.succeeded())
                    .as("%s\n%s", commands, result.output())
                    .isTrue();
            return result.output();
        }

        String post(UUID id) {
            return curl(
                    "--output",
                    "/dev/null",
                    "--write-out",
                    "%{http_code}",
                    "--header",
                    "content-type: application/json",
                    "--data",
                    Product.reading(id, "page"),
                    "https://" + DOMAIN + "/readings");
        }

        String get(String path) {
            return curl("https://" + DOMAIN + path);
        }

        String database(String sql) {
            return machine.run(
                    "docker",
                    "exec",
                    "freshtrack-" + checkout.stack() + "-postgres",
                    "psql",
                    "--username",
                    "postgres",
                    "--tuples-only",
                    "--no-align",
                    "--command",
                    sql);
        }

        /** On the server itself, where the front door's own authority is at hand. */
        private String curl(String... arguments) {
            var command =
                    "docker exec freshtrack-%s-caddy cat /data/caddy/pki/authorities/local/root.crt >/tmp/root.crt; exec curl -sS --max-time 20 --cacert /tmp/root.crt --connect-to ::127.0.0.1:443 \"$@\""
                            .formatted(checkout.stack());
            var all = new ArrayList<>(List.of("sh", "-c", command, "sh"));
            all.addAll(List.of(arguments));
            return machine.run(all.toArray(String[]::new));
        }
    }
}
