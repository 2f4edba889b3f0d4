package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.engine.TestStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** FreshTrack as it runs on this machine's Docker Engine or on another machine's, brought up from a stack of its own. */
final class Product implements AutoCloseable {
    /** The services of the product itself, which run for good. */
    static final List<String> SERVICES =
            List.of("api-a", "api-b", "backup", "caddy", "minio", "pgbouncer-a", "pgbouncer-b", "postgres", "redis");

    /** What watches it. */
    static final List<String> MONITORING = List.of(
            "alertmanager",
            "alloy",
            "blackbox-exporter",
            "grafana",
            "loki",
            "node-exporter",
            "pgbouncer-exporter-a",
            "pgbouncer-exporter-b",
            "postgres-exporter",
            "prometheus");

    /** Everything that runs for good. */
    static final List<String> ALL =
            Stream.concat(SERVICES.stream(), MONITORING.stream()).toList();

    /** Part of the URL that alerts are posted to, which no other place may show. */
    static final String ALERT_TOKEN = "GivenTokenOfTheAlerts000002";

    /** Given to every product as the secret variable {@code TTN_WEBHOOK_KEY} of its API. */
    static final String API_SECRET = "GivenSecretOfTheWebhook0001";

    private final TestStack stack;

    /** The words before a docker command that make it the product's engine's. */
    private final List<String> engine;

    /** What runs for good in it. */
    private final List<String> services;

    private final URI url;
    private FrontDoorTrust trust;
    private HttpClient client;
    private boolean closed;

    private Product(TestStack stack, List<String> engine, List<String> services, URI url) {
        this.stack = stack;
        this.engine = engine;
        this.services = services;
        this.url = url;
    }

    /** Brings a new product up, with what watches it or without, and waits for nothing: {@code up} ends when it answers. */
    static Product up(boolean watched) {
        var stack = TestStack.runnable();
        var url = URI.create("https://localhost:" + stack.get("httpsPort"));
        var product = new Product(stack, List.of(), watched ? ALL : SERVICES, url);
        try {
            stack.setSecret("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"" + API_SECRET + "\"}");
            if (watched) {
                stack.set("observability", "true");
                stack.set("hostMemoryMiB", "8192");
                stack.setSecret("alertWebhookUrl", "http://alert-receiver:8080/" + ALERT_TOKEN);
            }
            Offsite.configure(stack);
            stack.up().mustSucceed();
            product.trustFrontDoor();
            return product;
        } catch (Throwable e) {
            product.close();
            throw e;
        }
    }

    /** A product that was brought up on a machine from a stack; its domain leads to it in a load alone. */
    static Product on(VirtualMachine machine, TestStack stack) {
        var url = URI.create("https://" + stack.get("domain") + ":" + machine.httpsPort());
        var services = stack.get("observability").equals("true") ? ALL : SERVICES;
        var product = new Product(stack, List.of("exec", machine.name(), "docker"), services, url);
        product.trustFrontDoor();
        return product;
    }

    TestStack stack() {
        return stack;
    }

    URI url() {
        return url;
    }

    /** The front door's own authority, as the container made it. */
    FrontDoorTrust trust() {
        return trust;
    }

    /** The Caddyfile that the next {@code up} puts into the front door. */
    String caddyfile() {
        try {
            return Files.readString(stack.caddyfile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void writeCaddyfile(String text) {
        try {
            Files.writeString(stack.caddyfile(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of a service's container. */
    String container(String service) {
        return stack.prefix() + service;
    }

    /** What a reading with this id and sensor is, as JSON. */
    static String reading(UUID id, String sensor) {
        return """
                {"id":"%s","sensorId":"%s","celsius":4.5,"takenAt":"2026-01-01T12:00:00Z"}"""
                .formatted(id, sensor);
    }

    HttpResponse<String> post(UUID id, String sensor) throws IOException, InterruptedException {
        return client.send(
                request("/readings")
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(reading(id, sensor)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Asks Caddy for another of its host names, which this machine may not know; status, then body. */
    String getFrom(String host, String path) {
        var port = url().getPort();
        try {
            var authority = Files.writeString(stack.directory().resolve("root.crt"), authority());
            var result = Shell.run(
                    Duration.ofSeconds(30),
                    "",
                    List.of(
                            "curl",
                            "--silent",
                            "--show-error",
                            "--max-time",
                            "20",
                            "--cacert",
                            authority.toString(),
                            "--resolve",
                            host + ":" + port + ":127.0.0.1",
                            "--write-out",
                            "\n%{http_code}",
                            "https://" + host + ":" + port + path),
                    Map.of());
            assertThat(result.succeeded()).as(result.output()).isTrue();
            var body = result.output().lastIndexOf('\n');
            return result.output().substring(body + 1) + " " + result.output().substring(0, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks by plain HTTP; redirects aren't followed. */
    HttpResponse<String> getUnencrypted(String path) throws IOException, InterruptedException {
        var plain = URI.create("http://localhost:" + stack.get("httpPort")).resolve(path);
        return client.send(
                HttpRequest.newBuilder(plain).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Runs SQL as the database's superuser, in its container; columns come back with {@code |} between them. */
    String sql(String statement) {
        return docker(
                "exec",
                container("postgres"),
                "psql",
                "--no-psqlrc",
                "--username",
                "postgres",
                "--dbname",
                "frostguard",
                "--tuples-only",
                "--no-align",
                "--set",
                "ON_ERROR_STOP=1",
                "--command",
                statement);
    }

    /** Runs a command on a pooler's console, as the application's user; columns come back with {@code |} between them. */
    String console(String unit, String command) {
        return docker(
                "exec",
                "--env",
                "PGPASSWORD=" + appPassword(),
                container("pgbouncer-" + unit),
                "psql",
                "--no-psqlrc",
                "--host",
                "127.0.0.1",
                "--port",
                "6432",
                "--username",
                "frostguard",
                "--dbname",
                "pgbouncer",
                "--no-align",
                "--pset",
                "footer=off",
                "--command",
                command);
    }

    /** The password of the application's role, from the file that the API reads. */
    String appPassword() {
        return docker("exec", container("api-a"), "cat", "/run/secrets/app_database_password");
    }

    /** Fails unless every acknowledged reading of a load is stored exactly once; prints what the load was. */
    void assertStored(Load.Result load) {
        var stored = sql("SELECT id FROM readings WHERE sensor_id = '" + load.sensor() + "'")
                .lines()
                .map(UUID::fromString)
                .toList();
        System.out.printf(
                "load: sent %d acknowledged %d stored %d failed %d slowest %.2f s versions %s sent again after GOAWAY %d%n",
                load.sent(),
                load.acknowledged().size(),
                stored.size(),
                load.failures().size(),
                load.slowest().toMillis() / 1000.0,
                load.versions(),
                load.refused());
        assertThat(stored).as("ids stored").doesNotHaveDuplicates().containsAll(load.acknowledged());
    }

    /** Waits until every service is ready, as deploys do; fails with what isn't when the limit has passed. */
    void awaitHealthy(Duration limit) {
        var names = services.stream().map(this::container).collect(Collectors.joining("\n"));
        var variables = List.of("CONTAINERS=" + names, "TIMEOUT_SECONDS=" + limit.toSeconds());
        // On another machine it runs where the docker command does.
        var command = new ArrayList<>(
                engine.isEmpty() ? List.of("env") : List.of("docker", "exec", "-i", engine.get(1), "env"));
        command.addAll(variables);
        command.addAll(List.of("sh", "-s"));
        var waited = Shell.run(limit.plusSeconds(30), Checkout.text("host/steps/wait-healthy.sh"), command, Map.of());
        assertThat(waited.succeeded()).as(waited.output()).isTrue();
    }

    /** Which containers run and since when; two that are equal mean that nothing was made or started again. */
    Map<String, String> identities() {
        return services.stream()
                .collect(Collectors.toMap(
                        service -> service, service -> inspect("{{.Id}} {{.State.StartedAt}}", container(service))));
    }

    /** A service's address on the data network. */
    String address(String service) {
        return inspect(
                "{{(index .NetworkSettings.Networks \"" + stack.prefix() + "data\").IPAddress}}", container(service));
    }

    /** A service's addresses on all its networks. */
    List<String> addresses(String service) {
        return List.of(inspect("{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", container(service))
                .split(" "));
    }

    /** Lets the front door read its Caddyfile again, as if it had changed. */
    void reloadFrontDoor() {
        docker("exec", container("caddy"), "caddy", "reload", "--force", "--config", "/etc/caddy/Caddyfile");
    }

    /** The certificate of the front door's own authority, in PEM. */
    String authority() {
        return docker("exec", container("caddy"), "cat", "/data/caddy/pki/authorities/local/root.crt");
    }

    /** Runs docker against the engine that the product is on, and gives its output; fails when docker does. */
    String docker(String... arguments) {
        var all = new ArrayList<>(engine);
        all.addAll(List.of(arguments));
        return Docker.run(all.toArray(String[]::new));
    }

    /** What {@code docker inspect --format} says of a container on the product's engine. */
    String inspect(String format, String container) {
        return docker("inspect", "--format", format, container);
    }

    private void trustFrontDoor() {
        trust = FrontDoorTrust.of(authority());
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(trust.context())
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Whether monitoring runs beside it. */
    boolean isWatched() {
        return services.containsAll(MONITORING);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        stack.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url().resolve(path)).timeout(Duration.ofSeconds(20));
    }
}
