package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What FreshTrack runs on App Platform: the same API, migrations and Redis as everywhere. Database and pool, object storage, front door
 * and monitoring are DigitalOcean's.
 *
 * @param api one API instance, of which a service runs some
 * @param redis without a volume: what it holds goes with its instance, at each deploy
 * @param roles says what the database's roles may do
 */
public record AppPlatformServices(ServiceSpec api, ServiceSpec redis, ServiceSpec migrations, ServiceSpec roles) {
    public static final int API_PORT = ApiServices.API_PORT;
    public static final int REDIS_PORT = DataServices.REDIS_PORT;

    /** The environment variables that say where the cluster and its pool are. */
    public static final String DATABASE_HOST = "FRESHTRACK_DATABASE_HOST";

    public static final String POOL_HOST = "FRESHTRACK_POOL_HOST";

    /**
     * At the first deploy the migrations' role gets its rights from a job that may not have run yet: the order of jobs isn't
     * documented.
     */
    private static final String RETRIED =
            """
            tries=1
            until "$@"; do
              [ "$tries" -lt 6 ] || exit 1
              tries=$((tries + 1))
              sleep 10
            done
            """;

    /**
     * The services that a stack's configuration asks for.
     *
     * @param pool the name of the database's pool
     */
    public static AppPlatformServices of(StackConfig config, String pool) {
        var addresses = Addresses.onManagedPostgres(
                "$" + DATABASE_HOST, "$" + POOL_HOST, pool, FileSpec.placeholder(SecretNames.DATABASE_AUTHORITIES));
        return new AppPlatformServices(
                ApiServices.api(config, "app-platform", addresses, ApiServices.health(config, 5, 5)),
                DataServices.redis(config, HealthCheck.REPLACING_INTERVAL_SECONDS),
                retried(ApiServices.migrations(config, addresses)),
                ManagedPostgresRoles.roles(config, addresses));
    }

    private static ServiceSpec retried(ServiceSpec spec) {
        var process = spec.process();
        var command = new ArrayList<>(List.of("/bin/sh", "-c", RETRIED, "sh"));
        command.addAll(process.command());
        return new ServiceSpec(
                spec.name(),
                spec.lifecycle(),
                spec.image(),
                new ProcessSpec(
                        process.entrypoint(),
                        List.copyOf(command),
                        process.user(),
                        process.environment(),
                        process.stopSignal(),
                        process.stopGraceSeconds()),
                spec.files(),
                spec.ports(),
                spec.networks(),
                spec.mounts(),
                spec.healthCheck(),
                spec.resources(),
                spec.isolation());
    }
}
