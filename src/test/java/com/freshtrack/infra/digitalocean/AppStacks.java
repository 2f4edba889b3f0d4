package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stacks on App Platform for tests, and what they ask for, answered with outputs in the shape of DigitalOcean's. */
final class AppStacks {
    /** Every secret that is given or generated holds this word. */
    static final String SENTINEL = "hunter2";

    static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    private AppStacks() {}

    /** A production stack with some keys changed: {@code key, value, key, value, …}. */
    static StackConfig prod(String... changes) {
        var values = new LinkedHashMap<>(Map.ofEntries(
                Map.entry("target", "do-app-platform"),
                Map.entry("environment", "prod"),
                Map.entry("domain", "freshtrack.acme.io"),
                Map.entry("dnsZone", "acme.io"),
                Map.entry("doRegion", "fra1"),
                Map.entry("databaseAdminCidrs", "198.51.100.0/24"),
                Map.entry("alarmEmail", "ops@acme.io"),
                Map.entry("apiImage", "ghcr.io/acme/freshtrack-api@" + DIGEST),
                Map.entry("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"" + SENTINEL + "-webhook\"}"),
                Map.entry("registryCredentials", "acme:" + SENTINEL + "-token"),
                Map.entry("s3Bucket", "freshtrack-acme"),
                Map.entry("s3AccessKey", SENTINEL + "-access"),
                Map.entry("s3SecretKey", SENTINEL + "-secret")));
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return StackConfigReader.read(
                "prod",
                values,
                Set.of("apiSecrets", "redisPassword", "registryCredentials", "s3AccessKey", "s3SecretKey"),
                false);
    }

    static Recorded recorded(StackConfig config, Optional<String> deployedSecrets) {
        return Recorded.of(
                () -> new AppPlatformStack(
                        "freshtrack",
                        new AppPlatformStack.Args(config, deployedSecrets),
                        ComponentResourceOptions.Empty),
                AppStacks::outputs);
    }

    private static Map<String, Object> outputs(Recorded.Asked resource) {
        var outputs = new HashMap<String, Object>();
        outputs.put("activeDeploymentId", "deployment-1");
        outputs.put("clusterUrn", "do:dbaas:1");
        outputs.put("defaultIngress", "https://freshtrack-abcde.ondigitalocean.app");
        outputs.put("ipRange", "10.20.0.0/20");
        outputs.put("password", SENTINEL + "-of-digitalocean");
        outputs.put("privateHost", "private-" + resource.name() + ".db.ondigitalocean.com");
        outputs.put("result", SENTINEL + "-generated");
        outputs.put("stdout", "done");
        outputs.putAll(resource.inputs());
        return outputs;
    }
}
