package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.BACKUP_IMAGE;
import static com.freshtrack.infra.config.ConfigKey.DATABASE;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_CA_FILE;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_INSTANCE_CLASS;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_MULTI_AZ;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_RETENTION_DAYS;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_STORAGE_GIB;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_VERSION;

import com.freshtrack.infra.pooling.DatabaseCapacity;
import java.util.Optional;

/** Reads what a stack on Amazon ECS says of its database. */
final class RdsReader {
    private static final String RDS = "rds";
    private static final String CONTAINER = "ecs-ebs";

    static final int OLDEST = 15;
    static final int NEWEST = 17;
    private static final int DEFAULT = Integer.parseInt(POSTGRES_VERSION.defaultValue());

    private RdsReader() {}

    static AwsConfig.Database read(ConfigValues values, Environment environment) {
        refuseAnythingButRds(values);
        int version = values.integer(POSTGRES_VERSION, OLDEST, NEWEST);
        refuseOlderClients(values, version);
        var name = values.text(DATABASE_INSTANCE_CLASS);
        if (!DatabaseCapacity.rdsClasses().contains(name)) {
            values.refuse(
                    DATABASE_INSTANCE_CLASS,
                    "a class whose connections are known: " + String.join(", ", DatabaseCapacity.rdsClasses()));
        }
        return new AwsConfig.Database(
                version,
                // Only where the stack's file asks for it: another default upgrades no database that is there.
                version != DEFAULT,
                name,
                values.optional(DATABASE_MULTI_AZ).isPresent()
                        ? values.flag(DATABASE_MULTI_AZ)
                        : environment == Environment.PROD,
                values.integer(DATABASE_STORAGE_GIB, 20, 65_536),
                values.integer(DATABASE_RETENTION_DAYS, environment == Environment.PROD ? 7 : 1, 35),
                caFile(values));
    }

    /**
     * ECS gives a task of a service a new volume each time, and deletes it with the task
     * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html,
     * https://github.com/hashicorp/terraform-provider-aws/issues/46975).
     */
    private static void refuseAnythingButRds(ConfigValues values) {
        var kind = values.optional(DATABASE).orElse(RDS);
        if (kind.equals(CONTAINER)) {
            values.refuse(
                    DATABASE,
                    RDS
                            + ". ecs-ebs is not offered: PostgreSQL as a service of ECS would lose its data with every task that is replaced, because ECS deletes the EBS volume of a service's task with the task, and can't be told to keep it",
                    RDS);
        } else if (!kind.equals(RDS)) {
            values.refuse(DATABASE, RDS, RDS);
        }
    }

    /** pg_dump refuses a server that is newer than itself: https://www.postgresql.org/docs/current/app-pgdump.html. */
    static void refuseOlderClients(ConfigValues values, int version) {
        if (values.usable(POSTGRES_VERSION, BACKUP_IMAGE)
                && version > DEFAULT
                && values.text(BACKUP_IMAGE).equals(BACKUP_IMAGE.defaultValue())) {
            values.refuse(
                    BACKUP_IMAGE,
                    "an image with PostgreSQL's clients of %d or newer, because freshtrack:postgresVersion is %1$d: pg_dump dumps no server that is newer than itself"
                            .formatted(version),
                    BACKUP_IMAGE.defaultValue().replace(":" + DEFAULT, ":" + version));
        }
    }

    private static Optional<String> caFile(ConfigValues values) {
        var file = values.optional(DATABASE_CA_FILE);
        if (file.isEmpty() && values.preview()) {
            values.warn(
                    "freshtrack:databaseCaFile is not set: this preview shows a placeholder, and `pulumi up` will refuse. AWS publishes the file for each region: "
                            + AwsConfig.Database.AUTHORITIES_URL);
        } else if (file.isEmpty()) {
            values.refuse(
                    DATABASE_CA_FILE,
                    "the region's certificate bundle of RDS as a file, from " + AwsConfig.Database.AUTHORITIES_URL,
                    "rds-ca.pem");
        }
        return file;
    }
}
