package com.freshtrack.infra.services;

import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Dumps the database into a bucket, as the role that owns the schema, and counts in CloudWatch that it did. */
public final class RdsDump {
    /** Where the count is, and what it is called. */
    public static final String NAMESPACE = "FreshTrack";

    public static final String METRIC = "DatabaseDumps";

    private static final String PASSWORDS = "/freshtrack/pgpass";

    private static final String SCRIPT =
            """
            set -eu
            pg_dump --no-password --format=custom --file /tmp/database.dump
            aws s3 cp --only-show-errors /tmp/database.dump "s3://$BUCKET/$(date -u +%Y-%m-%dT%H-%M-%SZ).dump"
            aws cloudwatch put-metric-data --namespace "$NAMESPACE" --metric-name "$METRIC" --dimensions "Stack=$STACK" --value 1
            """;

    private RdsDump() {}

    /**
     * The task.
     *
     * @param bucket where dumps go
     */
    public static ServiceSpec of(StackConfig config, Addresses addresses, String bucket) {
        var authorities = addresses.databaseAuthorities().orElseThrow();
        return new ServiceSpec(
                "dump",
                Lifecycle.ONE_OFF,
                config.images().backup(),
                new ProcessSpec(
                        List.of("/bin/sh", "-c"),
                        List.of(SCRIPT),
                        "",
                        new TreeMap<>(Map.ofEntries(
                                Map.entry(
                                        "AWS_REGION", config.aws().orElseThrow().region()),
                                Map.entry("BUCKET", bucket),
                                Map.entry("METRIC", METRIC),
                                Map.entry("NAMESPACE", NAMESPACE),
                                Map.entry("PGDATABASE", FreshTrackServices.DATABASE),
                                Map.entry("PGHOST", addresses.database()),
                                Map.entry("PGPASSFILE", PASSWORDS),
                                Map.entry("PGSSLMODE", "verify-full"),
                                Map.entry("PGSSLROOTCERT", authorities.path()),
                                Map.entry("PGUSER", FreshTrackServices.MIGRATOR_ROLE),
                                Map.entry("STACK", config.stack()))),
                        "SIGTERM",
                        10),
                List.of(
                        FileSpec.text(
                                PASSWORDS,
                                "*:*:*:" + FreshTrackServices.MIGRATOR_ROLE + ":"
                                        + FileSpec.placeholder(SecretNames.MIGRATOR_DATABASE) + "\n"),
                        authorities),
                List.of(),
                List.of(Network.DATA, Network.EDGE),
                List.of(),
                Optional.empty(),
                new Resources(0.5, 1024),
                Isolation.NONE);
    }
}
