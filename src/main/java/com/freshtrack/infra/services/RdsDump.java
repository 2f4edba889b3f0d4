package com.freshtrack.infra.services;

import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.util.List;
import java.util.Optional;

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
        var client = new DatabaseClient(addresses, FreshTrackServices.MIGRATOR_ROLE, SecretNames.MIGRATOR_DATABASE);
        var environment = client.environment();
        environment.put("AGE_METRIC", AGE_METRIC);
        environment.put("AWS_REGION", config.aws().orElseThrow().region());
        environment.put("BUCKET", bucket);
        environment.put("METRIC", METRIC);
        environment.put("NAMESPACE", NAMESPACE);
        environment.put("SECRETS", String.join(" ", secrets));
        environment.put("STACK", config.stack());
        return new ServiceSpec(
                "dump",
                Lifecycle.ONE_OFF,
                config.images().backup(),
                new ProcessSpec(List.of("/bin/sh", "-c"), List.of(SCRIPT), "", environment, "SIGTERM", 10),
                List.of(client.passwords(), client.authorities()),
                List.of(),
                List.of(Network.DATA, Network.EDGE),
                List.of(),
                Optional.empty(),
                new Resources(0.5, 1024),
                Isolation.NONE);
    }
}
