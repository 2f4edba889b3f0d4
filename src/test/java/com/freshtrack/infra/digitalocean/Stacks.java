package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.services.ProductFiles;
import com.pulumi.resources.ComponentResourceOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Stacks on a Droplet for tests, and what they ask for, answered with outputs in the shape of DigitalOcean's. */
final class Stacks {
    /** Every secret that is given or generated holds this word, but for the two keys. */
    static final String SENTINEL = "hunter2";

    private Stacks() {}

    /** A production stack with some keys changed: {@code key, value, key, value, …}. */
    static StackConfig prod(String... changes) {
        var values = new LinkedHashMap<>(Map.ofEntries(
                Map.entry("target", "do-droplet"),
                Map.entry("environment", "prod"),
                Map.entry("domain", "freshtrack.acme.io"),
                Map.entry("tlsEmail", "ops@acme.io"),
                Map.entry("dnsZone", "acme.io"),
                Map.entry("doRegion", "fra1"),
                Map.entry("dropletSize", "s-4vcpu-8gb"),
                Map.entry("sshCidrs", "198.51.100.0/24,203.0.113.9/32"),
                Map.entry("alarmEmail", "ops@acme.io"),
                Map.entry("apiImage", "registry.example.com/freshtrack/api@sha256:" + "0123456789abcdef".repeat(4)),
                Map.entry("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"" + SENTINEL + "-webhook\"}"),
                Map.entry("redisPassword", SENTINEL + "-hunter2-redis"),
                Map.entry("hostKey", SshKeys.HOST),
                Map.entry("deployKey", SshKeys.DEPLOY)));
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return StackConfigReader.read(
                "prod", values, Set.of("apiSecrets", "deployKey", "hostKey", "redisPassword"), false);
    }

    static Recorded recorded(StackConfig config) {
        return Recorded.of(
                () -> new DropletStack(
                        "freshtrack",
                        new DropletStack.Args(config, ProductFiles.read(Path.of(""))),
                        ComponentResourceOptions.Empty),
                Stacks::outputs);
    }

    private static Map<String, Object> outputs(Recorded.Asked resource) {
        var outputs = new HashMap<String, Object>();
        outputs.put("clusterUrn", "do:dbaas:1");
        outputs.put("dropletUrn", "do:droplet:12345");
        outputs.put("password", SENTINEL + "-of-" + resource.name());
        outputs.put("privateHost", resource.name() + ".db.ondigitalocean.com");
        outputs.put("ipAddress", "203.0.113.10");
        outputs.put("reservedIpUrn", "do:reservedip:203.0.113.10");
        outputs.put("volumeUrn", "do:volume:" + resource.name());
        outputs.put("result", SENTINEL + "-generated");
        outputs.put("stdout", "done");
        outputs.putAll(resource.inputs());
        if (resource.type().equals("digitalocean:index/droplet:Droplet")) {
            outputs.put("id", "12345");
        }
        return outputs;
    }
}
