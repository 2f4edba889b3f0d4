package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ScriptFile;
import com.freshtrack.infra.services.SecretNames;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;

/** DigitalOcean Managed PostgreSQL for a Droplet, which reaches it through their network. */
final class DropletDatabase {
    private final StackConfig config;
    private final ManagedPostgres postgres;
    private final Output<String> authorities;

    DropletDatabase(Parent parent, StackConfig config, Machine machine) {
        this.config = config;
        this.postgres = new ManagedPostgres(
                parent.child("database"),
                new ManagedPostgres.Args(
                        config,
                        config.digitalOcean().orElseThrow().region(),
                        machine.networkId(),
                        List.of(ManagedPostgres.Source.droplet(machine.droplet().id()))),
                parent.componentOptions());
        this.authorities = new Command(
                        parent.child("database-authorities"),
                        CommandArgs.builder()
                                .create(ScriptFile.read(DropletDatabase.class, "database-authorities.sh"))
                                .environment(postgres.clusterId().applyValue(id -> Map.of("CLUSTER", id)))
                                .addPreviousOutputInEnv(false)
                                .build(),
                        parent.options())
                .stdout();
    }

    /** What DigitalOcean calls it, for a project. */
    Output<String> urn() {
        return postgres.clusterUrn();
    }

    /** What the product's services read of it, by name. */
    Map<String, Output<String>> values() {
        return Map.of(
                SecretNames.APP_DATABASE,
                postgres.appPassword(),
                SecretNames.BACKUP_DATABASE,
                postgres.migratorPassword(),
                SecretNames.DATABASE_ADMIN,
                postgres.adminPassword(),
                SecretNames.DATABASE_AUTHORITIES,
                authorities,
                SecretNames.DATABASE_HOST,
                // Nobody asks for it before the Droplet may reach it.
                Output.tuple(postgres.host(), postgres.firewallId()).applyValue(both -> both.t1),
                SecretNames.DATABASE_POOL,
                Output.of(ManagedPostgres.poolName(config)),
                SecretNames.DATABASE_POOL_HOST,
                postgres.poolHost(),
                SecretNames.MIGRATOR_DATABASE,
                postgres.migratorPassword());
    }
}
