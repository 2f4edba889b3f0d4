package com.freshtrack.infra.services;

import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.FreshTrackServices.ApiUnit;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What FreshTrack runs on ECS: the same API units, migrations, Redis and MinIO as everywhere. The database and the front
 * door are the platform's.
 *
 * @param unit one API unit, of which a service runs many
 * @param roles makes the database's roles, once for each change of them
 * @param connections asks the database for its {@code max_connections}
 * @param objectStorage MinIO; empty where an S3 service outside of the stack keeps the objects
 * @param bucket makes the API's bucket in MinIO
 */
public record FargateServices(
        ApiUnit unit,
        ServiceSpec roles,
        ServiceSpec connections,
        ServiceSpec migrations,
        ServiceSpec redis,
        Optional<ServiceSpec> objectStorage,
        Optional<ServiceSpec> bucket) {

    public static final int API_PORT = ApiServices.API_PORT;

    /**
     * How often a unit is asked whether it is ready. ECS replaces one that isn't, and all at once don't reach a database that
     * changes to its standby, which takes one to two minutes: so none is given up before 150 s.
     */
    public static final int HEALTH_INTERVAL_SECONDS = 15;

    /** The most that both ECS and a load balancer take. */
    public static final int HEALTH_RETRIES = 10;

    /** The services that a stack's configuration asks for. */
    public static FargateServices of(StackConfig config, Addresses addresses) {
        return new FargateServices(
                ApiServices.unit(config, "fargate", addresses, HEALTH_INTERVAL_SECONDS, HEALTH_RETRIES),
                RdsRoles.roles(config, addresses),
                RdsConnections.check(config, addresses),
                ApiServices.migrations(config, addresses),
                DataServices.redis(config, HealthCheck.REPLACING_INTERVAL_SECONDS),
                config.resources()
                        .minio()
                        .map(limits ->
                                DataServices.objectStorage(config, limits, HealthCheck.REPLACING_INTERVAL_SECONDS)),
                config.resources().minio().map(limits -> bucket(config, addresses, limits)));
    }

    /** With the client that MinIO's image holds; the password is in its environment alone. */
    private static ServiceSpec bucket(StackConfig config, Addresses addresses, Resources limits) {
        var script =
                """
                set -eu
                export MC_HOST_local="http://%s:$(cat /run/secrets/%s)@%s:%d"
                "$(command -v mc || command -v mcli)" mb --ignore-existing "local/$BUCKET"
                """
                        .formatted(
                                FreshTrackServices.MINIO_ROOT_USER,
                                SecretNames.MINIO_ROOT,
                                addresses.objectStorage(),
                                DataServices.OBJECT_STORAGE_PORT);
        return new ServiceSpec(
                "bucket",
                Lifecycle.ONE_OFF,
                config.images().minio(),
                new ProcessSpec(
                        List.of("/bin/sh", "-c"),
                        List.of(script),
                        "",
                        // The client wants to write its own settings.
                        new TreeMap<>(Map.of("BUCKET", config.storage().bucket(), "HOME", "/tmp")),
                        "SIGTERM",
                        10),
                List.of(FileSpec.secret(SecretNames.MINIO_ROOT)),
                List.of(),
                List.of(Network.DATA),
                List.of(),
                Optional.empty(),
                limits,
                Isolation.NONE);
    }
}
