package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.pooling.PgBouncerConfig;
import com.freshtrack.infra.services.FreshTrackServices.ApiUnit;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The API, the pooler beside each of its instances, and its migrations. */
final class ApiServices {
    static final int API_PORT = 3000;
    static final int POOLER_PORT = 6432;

    private ApiServices() {}

    /**
     * An API and its pooler, which a database that DigitalOcean runs has of its own.
     *
     * @param healthInterval seconds from one health check of the API to the next
     * @param healthRetries how many have to fail in a row until it counts as unhealthy
     */
    static ApiUnit unit(StackConfig config, String unit, Addresses addresses, int healthInterval, int healthRetries) {
        var check = health(config, healthInterval, healthRetries);
        var pooler = config.managedPostgres().isPresent()
                ? Optional.<ServiceSpec>empty()
                : Optional.of(pooler(config, unit, addresses));
        return new ApiUnit(unit, pooler, api(config, unit, addresses, check));
    }

    /** Any image with {@code pgbouncer} on PATH will do: configuration, user and entry point are ours. */
    private static ServiceSpec pooler(StackConfig config, String unit, Addresses addresses) {
        var files = new ArrayList<>(List.of(
                FileSpec.text("/etc/pgbouncer/pgbouncer.ini", poolerIni(config, addresses)),
                FileSpec.text("/etc/pgbouncer/userlist.txt", PgBouncerConfig.userlist(logins(config)))));
        addresses.databaseAuthorities().ifPresent(files::add);
        return new ServiceSpec(
                "pgbouncer-" + unit,
                Lifecycle.PERMANENT,
                config.images().pgbouncer(),
                // SIGINT lets running transactions end; SIGTERM would wait for clients, which never leave by
                // themselves:
                // https://www.pgbouncer.org/usage.html#signals
                new ProcessSpec(
                        List.of("pgbouncer"),
                        List.of("/etc/pgbouncer/pgbouncer.ini"),
                        "65534:65534",
                        new TreeMap<>(),
                        "SIGINT",
                        20),
                List.copyOf(files),
                List.of(),
                List.of(Network.DATA),
                List.of(),
                Optional.of(new HealthCheck(
                        List.of("pg_isready", "-h", "localhost", "-p", "6432", "-U", FreshTrackServices.APP_ROLE),
                        5,
                        5,
                        5,
                        0)),
                config.resources().pgbouncer(),
                new Isolation(List.of(), config.pools().fileDescriptors()));
    }

    private static String poolerIni(StackConfig config, Addresses addresses) {
        var ini = PgBouncerConfig.ini(
                config.pools(),
                addresses.database().host(),
                FreshTrackServices.DATABASE,
                FreshTrackServices.APP_ROLE,
                config.observability()
                        .map(ignored -> List.of(FreshTrackServices.MONITOR_ROLE))
                        .orElse(List.of()));
        return ini
                + addresses
                        .databaseAuthorities()
                        .map(file -> PgBouncerConfig.verifiedServer(file.path()))
                        .orElse("");
    }

    private static Map<String, String> logins(StackConfig config) {
        var logins = new TreeMap<String, String>();
        logins.put(FreshTrackServices.APP_ROLE, FileSpec.placeholder(SecretNames.APP_DATABASE));
        config.observability()
                .ifPresent(ignored -> logins.put(
                        FreshTrackServices.MONITOR_ROLE, FileSpec.placeholder(SecretNames.MONITOR_DATABASE)));
        return logins;
    }

    /** Whether the API is ready, asked as its own configuration says. */
    static HealthCheck health(StackConfig config, int intervalSeconds, int retries) {
        return new HealthCheck(
                config.api().healthCommand(),
                intervalSeconds,
                5,
                retries,
                config.api().readyTimeoutSeconds());
    }

    static ServiceSpec api(StackConfig config, String unit, Addresses addresses, HealthCheck check) {
        var environment = environment(config, addresses);
        environment.put("DATABASE_POOL_MAX", String.valueOf(config.api().poolMax()));
        environment.put("FRESHTRACK_UNIT", unit);
        var composed = composed(config, addresses);
        composed.put(
                "DATABASE_URL",
                databaseUrl(FreshTrackServices.APP_ROLE, SecretNames.APP_DATABASE, addresses, addresses.pooler()));
        var files = secretFiles(config);
        if (addresses.pooler().tls()) {
            addresses.databaseAuthorities().ifPresent(files::add);
        }
        files.addAll(addresses.pooler().secretFiles());
        files.add(FileSpec.secret(SecretNames.APP_DATABASE));
        files.add(StartScript.render(composed));
        return new ServiceSpec(
                "api-" + unit,
                Lifecycle.PERMANENT,
                config.images().apiOrPlaceholder(),
                process(config, config.api().command(), environment),
                List.copyOf(files),
                List.of(),
                List.of(Network.DATA, Network.EDGE),
                List.of(),
                Optional.of(check),
                config.resources().api(),
                Isolation.NONE);
    }

    /** Runs the API's own migrations as the role that owns the schema, past the pooler. */
    static ServiceSpec migrations(StackConfig config, Addresses addresses) {
        var composed = composed(config, addresses);
        composed.put(
                "DIRECT_DATABASE_URL",
                databaseUrl(
                        FreshTrackServices.MIGRATOR_ROLE,
                        SecretNames.MIGRATOR_DATABASE,
                        addresses,
                        addresses.database()));
        var files = secretFiles(config);
        addresses.databaseAuthorities().ifPresent(files::add);
        files.addAll(addresses.database().secretFiles());
        files.add(FileSpec.secret(SecretNames.MIGRATOR_DATABASE));
        files.add(StartScript.render(composed));
        return new ServiceSpec(
                "migrate",
                Lifecycle.ONE_OFF,
                config.images().apiOrPlaceholder(),
                process(config, config.api().migrateCommand(), environment(config, addresses)),
                List.copyOf(files),
                List.of(),
                DataServices.networksToDatabase(config),
                List.of(),
                Optional.empty(),
                config.resources().api(),
                Isolation.NONE);
    }

    private static ProcessSpec process(
            StackConfig config, List<String> command, SortedMap<String, String> environment) {
        return new ProcessSpec(
                List.of("/bin/sh", StartScript.PATH),
                command,
                "",
                environment,
                "SIGTERM",
                config.api().stopGraceSeconds());
    }

    private static SortedMap<String, String> environment(StackConfig config, Addresses addresses) {
        var environment = new TreeMap<>(config.api().env());
        environment.put("NODE_ENV", "production");
        environment.put("PORT", String.valueOf(API_PORT));
        environment.put("S3_ACCESS_KEY_FILE", "/run/secrets/" + SecretNames.S3_ACCESS_KEY);
        environment.put("S3_BUCKET", config.storage().bucket());
        environment.put("S3_ENDPOINT", DataServices.objectStorageUrl(config, addresses));
        environment.put("S3_REGION", config.storage().region());
        environment.put("S3_SECRET_KEY_FILE", "/run/secrets/" + SecretNames.S3_SECRET_KEY);
        return environment;
    }

    private static SortedMap<String, String> composed(StackConfig config, Addresses addresses) {
        var composed = new TreeMap<String, String>();
        config.api().secrets().keySet().forEach(name -> composed.put(name, FileSpec.placeholder(name)));
        composed.put(
                "REDIS_URL",
                "redis://:" + FileSpec.placeholder(SecretNames.REDIS) + "@" + addresses.redis() + ":"
                        + DataServices.REDIS_PORT);
        return composed;
    }

    private static List<FileSpec> secretFiles(StackConfig config) {
        var files = new ArrayList<FileSpec>();
        new TreeMap<>(config.api().secrets()).keySet().forEach(name -> files.add(FileSpec.secret(name)));
        files.add(FileSpec.secret(SecretNames.REDIS));
        files.add(FileSpec.secret(SecretNames.S3_ACCESS_KEY));
        files.add(FileSpec.secret(SecretNames.S3_SECRET_KEY));
        return files;
    }

    private static String databaseUrl(String role, String secret, Addresses addresses, Addresses.Server server) {
        return "postgresql://" + role + ":" + FileSpec.placeholder(secret) + "@" + server.host() + ":" + server.port()
                + "/" + server.database() + addresses.tlsParameters(server);
    }
}
