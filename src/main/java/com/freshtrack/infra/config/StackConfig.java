package com.freshtrack.infra.config;

import com.freshtrack.infra.pooling.PoolPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that a stack's configuration says, checked.
 *
 * @param stack the stack's name, part of every name: {@link #prefix()}
 * @param site how the product is reached; behind a cloud's front door only its domain and {@code dnsReady} were asked for
 * @param dockerHost {@code unix:///path} or {@code ssh://user@host[:port]}; empty for the engine that the docker CLI talks to
 * @param database what the container of PostgreSQL is told; empty where the database is no container
 * @param managedPostgres what DigitalOcean is asked for where it runs the database; empty elsewhere
 * @param aws what only a stack on Amazon ECS says; empty elsewhere
 * @param digitalOcean what only a stack on a Droplet says; empty elsewhere
 * @param ec2 what only a stack on an EC2 instance says; empty elsewhere
 * @param appPlatform what only a stack on App Platform says; empty elsewhere
 * @param backup how backups are made; empty where they aren't
 * @param observability what watches the product; empty where nothing does
 * @param warnings what a reviewer should read before going on; never a secret
 */
public record StackConfig(
        String stack,
        Target target,
        Environment environment,
        Optional<String> dockerHost,
        SiteConfig site,
        ImagesConfig images,
        ApiConfig api,
        StorageConfig storage,
        Optional<DatabaseConfig> database,
        Optional<ManagedPostgresConfig> managedPostgres,
        PoolPlan pools,
        ResourcesConfig resources,
        SecretsConfig secrets,
        Optional<BackupConfig> backup,
        Optional<ObservabilityConfig> observability,
        Optional<AwsConfig> aws,
        Optional<DigitalOceanConfig> digitalOcean,
        Optional<Ec2Config> ec2,
        Optional<AppPlatformConfig> appPlatform,
        List<String> warnings) {

    /** What every name that the target doesn't make unique itself begins with, so that stacks share nothing. */
    public String prefix() {
        return "freshtrack-" + stack;
    }

    /** The host names under which something answers, the product's own first. */
    public List<String> hostNames() {
        return Stream.concat(Stream.of(site.domain()), observability.map(ObservabilityConfig::grafanaDomain).stream())
                .toList();
    }
}
