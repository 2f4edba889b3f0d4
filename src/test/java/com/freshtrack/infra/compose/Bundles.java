package com.freshtrack.infra.compose;

import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bundles for tests. */
public final class Bundles {
    /** Every secret that is given holds it. */
    public static final String SENTINEL = "NotToBeSeen";

    private static final ProductFiles FILES = ProductFiles.read(Path.of(""));

    private static final Set<String> SECRET_KEYS = Set.of(
            "freshtrack:alertWebhookUrl",
            "freshtrack:apiSecrets",
            "freshtrack:backupS3AccessKey",
            "freshtrack:backupS3SecretKey",
            "freshtrack:deployKey",
            "freshtrack:hostKey",
            "freshtrack:registryLogin");

    private Bundles() {}

    /** A stack with everything that there is: off-site backups, what watches, and a variable whose value has dollars. */
    public static StackConfig config(String... changes) {
        var values = new HashMap<>(Map.of(
                "environment", "prod",
                "domain", "freshtrack.acme.io",
                "tlsEmail", "ops@acme.io",
                "apiImage", "registry.example.com/freshtrack/api@sha256:" + "0123456789abcdef".repeat(4),
                "apiEnv", "{\"PRICE\":\"$5 or ${FIVE}\"}",
                "apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"" + SENTINEL + "-webhook\"}",
                "hostMemoryMiB", "8192",
                "observability", "true",
                "alertWebhookUrl", "https://hooks.acme.io/" + SENTINEL));
        values.putAll(Map.of(
                "backupS3Endpoint",
                "https://offsite.example.com",
                "backupS3Bucket",
                "acme-backups",
                "backupS3AccessKey",
                SENTINEL + "-access",
                "backupS3SecretKey",
                SENTINEL + "-secret",
                "backupPublicKey",
                "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEawX8qhYJKwYB\n-----END PGP PUBLIC KEY BLOCK-----\n"));
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        var prefixed = new HashMap<String, String>();
        values.forEach((key, value) -> prefixed.put("freshtrack:" + key, value));
        return StackConfigReader.read("sample", prefixed, SECRET_KEYS, false);
    }

    /** The same on a Droplet, where nothing watches it. */
    static StackConfig droplet(String... changes) {
        var all = new ArrayList<>(
                List.of("target", "do-droplet", "hostMemoryMiB", "4096", "sshCidrs", "198.51.100.7/32"));
        all.addAll(List.of("hostKey", SshKeys.HOST, "deployKey", SshKeys.DEPLOY));
        all.addAll(List.of("observability", "false", "alertWebhookUrl", ""));
        all.addAll(List.of(changes));
        return config(all.toArray(String[]::new));
    }

    static FreshTrackServices services(StackConfig config) {
        return FreshTrackServices.of(config, FILES);
    }

    public static Bundle of(StackConfig config) {
        return Bundle.of(config, services(config), FILES);
    }
}
