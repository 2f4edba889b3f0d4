package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.FreshTrackServices.ApiUnit;
import java.util.Optional;

/**
 * What FreshTrack runs on ECS: the same API units, migrations, Redis and MinIO as everywhere. The database and the front
 * door are the platform's.
 *
 * @param unit one API unit, of which a service runs many
 * @param roles makes the database's roles, once for each change of them
 * @param objectStorage MinIO; empty where an S3 service outside of the stack keeps the objects
 */
public record FargateServices(
        ApiUnit unit,
        ServiceSpec roles,
        ServiceSpec migrations,
        ServiceSpec redis,
        Optional<ServiceSpec> objectStorage) {

    /** The services that a stack's configuration asks for. */
    public static FargateServices of(StackConfig config, Addresses addresses) {
        return new FargateServices(
                ApiServices.unit(config, "fargate", addresses),
                RdsRoles.roles(
                        config, addresses, addresses.databaseAuthorities().orElseThrow()),
                ApiServices.migrations(config, addresses),
                DataServices.redis(config),
                config.resources().minio().map(limits -> DataServices.objectStorage(config, limits)));
    }
}
