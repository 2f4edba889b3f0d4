package com.freshtrack.infra.config;

import java.util.List;
import java.util.Optional;

/**
 * What only a stack on Amazon ECS says.
 *
 * @param logRetentionDays how long CloudWatch keeps log lines
 * @param dumpKeepDays how long the nightly dumps of the database are kept
 * @param alarmEmail where alarms are mailed to; empty where they reach nobody
 * @param secretsKmsKeyArn the KMS key of the secrets; empty for Secrets Manager's own
 */
public record AwsConfig(
        String region,
        Network network,
        FrontDoor frontDoor,
        Database database,
        Tasks tasks,
        int logRetentionDays,
        int dumpKeepDays,
        Optional<String> alarmEmail,
        Optional<String> secretsKmsKeyArn) {

    /**
     * The network.
     *
     * @param zones two or three availability zones, sorted
     * @param vpcCidr its IPv4 range
     */
    public record Network(List<String> zones, String vpcCidr, Nat nat) {}

    /** How tasks reach the internet. */
    public enum Nat {
        NONE("none"),
        SINGLE("single"),
        PER_ZONE("per-zone");

        private final String text;

        Nat(String text) {
            this.text = text;
        }

        /** The word that {@code freshtrack:nat} takes. */
        public String text() {
            return text;
        }
    }

    /**
     * How the product is reached.
     *
     * @param tlsPolicy security policy of the HTTPS listener
     * @param hostedZoneId the Route 53 zone of the domain; empty where its records are made elsewhere
     */
    public record FrontDoor(String tlsPolicy, Optional<String> hostedZoneId) {}

    /**
     * The RDS instance.
     *
     * @param postgresVersion PostgreSQL's major version; RDS takes minor ones by itself
     * @param mayUpgrade whether RDS may take the database to another major version
     * @param retentionDays how far back it can be restored to a point in time
     * @param caFile file with the certificates that its own is held against; empty only in a preview
     */
    public record Database(
            int postgresVersion,
            boolean mayUpgrade,
            String instanceClass,
            boolean multiAz,
            int storageGiB,
            int retentionDays,
            Optional<String> caFile) {
        /** Where AWS says from where to get the file. */
        public static final String AUTHORITIES_URL =
                "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html";
    }

    /**
     * What runs on Fargate, and how much of it.
     *
     * @param minio empty where an S3 service outside keeps the objects
     * @param spotWeight API units on Fargate Spot for each further one on Fargate, beyond the minimum
     * @param exec whether ECS Exec leads into the API's containers
     */
    public record Tasks(
            TaskSize api,
            TaskSize redis,
            Optional<TaskSize> minio,
            int minCount,
            int maxCount,
            int spotWeight,
            boolean exec) {
        /** How many of the service's tasks may run during a deploy, of each hundred; nobody waits for the old ones to go. */
        public static final int MAXIMUM_PERCENT = 200;
    }
}
