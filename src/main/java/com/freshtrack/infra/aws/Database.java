package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.rds.Instance;
import com.pulumi.aws.rds.InstanceArgs;
import com.pulumi.aws.rds.ParameterGroup;
import com.pulumi.aws.rds.ParameterGroupArgs;
import com.pulumi.aws.rds.SubnetGroup;
import com.pulumi.aws.rds.SubnetGroupArgs;
import com.pulumi.aws.rds.inputs.ParameterGroupParameterArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomTimeouts;
import java.time.Duration;
import java.util.List;

/** PostgreSQL on RDS: encrypted, private, backed up, with the {@code max_connections} that the pool plan counts with. */
final class Database {
    private final Instance instance;

    Database(Parent parent, StackConfig config, Network network, SecurityGroup group, Output<String> adminPassword) {
        var database = config.aws().orElseThrow().database();
        var prod = config.environment() == Environment.PROD;
        var subnets = new SubnetGroup(
                parent.child("database"),
                SubnetGroupArgs.builder().subnetIds(network.databaseSubnetIds()).build(),
                parent.options());
        var arguments = InstanceArgs.builder()
                .engine("postgres")
                // The major version alone: RDS takes minor ones by itself, and none of them is a change here.
                .engineVersion(String.valueOf(database.postgresVersion()))
                .autoMinorVersionUpgrade(true)
                .allowMajorVersionUpgrade(database.mayUpgrade())
                .instanceClass(database.instanceClass())
                // At once, because the poolers of the same deploy count on what the new class carries.
                .applyImmediately(true)
                .multiAz(database.multiAz())
                .allocatedStorage(database.storageGiB())
                .storageType("gp3")
                .storageEncrypted(true)
                .dbName(FreshTrackServices.DATABASE)
                .username(FreshTrackServices.ADMIN_ROLE)
                .password(adminPassword)
                .port(5432)
                .publiclyAccessible(false)
                .dbSubnetGroupName(subnets.name())
                .vpcSecurityGroupIds(group.id().applyValue(List::of))
                .parameterGroupName(parameters(parent, config).name())
                .caCertIdentifier("rds-ca-rsa2048-g1")
                .backupRetentionPeriod(database.retentionDays())
                .backupWindow("03:00-04:00")
                .maintenanceWindow("sun:04:30-sun:05:30")
                .copyTagsToSnapshot(true)
                .deleteAutomatedBackups(!prod)
                .deletionProtection(prod)
                .skipFinalSnapshot(!prod)
                .performanceInsightsEnabled(true)
                .enabledCloudwatchLogsExports("postgresql", "upgrade");
        if (prod) {
            // The subnet group's name ends in what no other stack's does, nor this one's after it was made again.
            arguments.finalSnapshotIdentifier(subnets.name().applyValue(name -> name + "-final"));
        }
        this.instance = new Instance(
                parent.child("database"),
                arguments.build(),
                parent.builder()
                        .protect(prod)
                        .customTimeouts(CustomTimeouts.builder()
                                .create(Duration.ofMinutes(60))
                                .update(Duration.ofMinutes(80))
                                .build())
                        .build());
    }

    Output<String> host() {
        return instance.address();
    }

    /** The instance's name, which its metrics bear. */
    Output<String> identifier() {
        return instance.identifier();
    }

    /** Named by the provider, so that a new major version's group can be made while the old one is in use. */
    private static ParameterGroup parameters(Parent parent, StackConfig config) {
        return new ParameterGroup(
                parent.child("database"),
                ParameterGroupArgs.builder()
                        .family("postgres"
                                + config.aws().orElseThrow().database().postgresVersion())
                        .parameters(
                                // No statement that failed gets into a log, because one may set a password.
                                ParameterGroupParameterArgs.builder()
                                        .name("log_min_error_statement")
                                        .value("panic")
                                        .applyMethod("immediate")
                                        .build(),
                                ParameterGroupParameterArgs.builder()
                                        .name("max_connections")
                                        .value(String.valueOf(config.pools().maxConnections()))
                                        // Static, and a changed class restarts the instance anyway.
                                        .applyMethod("pending-reboot")
                                        .build(),
                                ParameterGroupParameterArgs.builder()
                                        .name("rds.force_ssl")
                                        .value("1")
                                        .applyMethod("immediate")
                                        .build())
                        .build(),
                parent.options());
    }
}
