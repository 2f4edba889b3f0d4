package com.freshtrack.infra.config;

import com.freshtrack.infra.pooling.PoolPlan;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a stack's configuration says, checked.
 *
 * @param stack the stack's name, part of every name on the Docker host
 * @param dockerHost {@code unix:///path} or {@code ssh://user@host[:port]}; empty for the engine that the docker CLI talks to
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
        DatabaseConfig database,
        PoolPlan pools,
        ResourcesConfig resources,
        SecretsConfig secrets,
        Optional<BackupConfig> backup,
        Optional<ObservabilityConfig> observability,
        List<String> warnings) {

    /** What every name on a Docker host begins with, so that stacks share nothing there. */
    public String prefix() {
        return "freshtrack-" + stack;
    }
}
