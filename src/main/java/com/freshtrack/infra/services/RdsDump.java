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

/**
 * Dumps the database into a bucket, as the role that owns the schema, and tells CloudWatch that it did. It is what runs once a day with
 * AWS's CLI at hand, so it also tells how old the oldest secret is.
 */
public final class RdsDump {
    /** Where the metrics are. */
    public static final String NAMESPACE = "FreshTrack";

    /** How many dumps were made. */
    public static final String METRIC = "DatabaseDumps";

    /** Days since the secret that was changed first was changed. */
    public static final String AGE_METRIC = "OldestSecretDays";

    private static final String PASSWORDS = "/freshtrack/pgpass";

    private static final String SCRIPT =
            """
            set -eu
            pg_dump --no-password --format=custom --file /tmp/database.dump
            aws s3 cp --only-show-errors /tmp/database.dump "s3://$BUCKET/$(date -u +%Y-%m-%dT%H-%M-%SZ).dump"
            aws cloudwatch put-metric-data --namespace "$NAMESPACE" --metric-name "$METRIC" --dimensions "Stack=$STACK" --value 1
            now=$(date +%s)
            oldest=$now
            for secret in $SECRETS; do
              changed=$(aws secretsmanager describe-secret --secret-id "$secret" --query LastChangedDate --output text)
              # Version 2 of the CLI says a date, version 1 seconds.
              case "$changed" in *-*) changed=$(date -u -d "${changed%%T*} 00:00" +%s) ;; esac
              oldest=$((${changed%%.*} < oldest ? ${changed%%.*} : oldest))
            done
            aws cloudwatch put-metric-data --namespace "$NAMESPACE" --metric-name "$AGE_METRIC" --dimensions "Stack=$STACK" \\
              --value $(((now - oldest) / 86400))
            """;

    private RdsDump() {}

    /**
     * The task.
     *
     * @param bucket where dumps go
     * @param secrets the ARNs of the secrets whose age is told
     */
    public static ServiceSpec of(StackConfig config, Addresses addresses, String bucket, List<String> secrets) {
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
                                Map.entry("AGE_METRIC", AGE_METRIC),
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
                                Map.entry("SECRETS", String.join(" ", secrets)),
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
