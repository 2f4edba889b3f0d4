package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What FreshTrack runs on a Docker host: the one catalogue that every such target renders. */
public final class FreshTrackServices {
    /** The database, and the role that the API uses in it. */
    public static final String DATABASE = "frostguard";

    /** The role that the API logs in with; no superuser. */
    public static final String APP_ROLE = "frostguard";

    /** The role that owns the schema and runs the migrations. */
    public static final String MIGRATOR_ROLE = "frostguard_migrator";

    /** The role that RDS gives out: it makes the others, is no superuser, and does nothing else. */
    public static final String ADMIN_ROLE = "frostguard_admin";

    /** The role that reads everything for the backups, and writes nothing. */
    public static final String BACKUP_ROLE = "frostguard_backup";

    /** The role that reads statistics, of PostgreSQL and of each PgBouncer, and nothing else. */
    public static final String MONITOR_ROLE = "frostguard_monitor";

    /** The name of MinIO's root user, which is its access key too. */
    public static final String MINIO_ROOT_USER = "freshtrack";

    private final Optional<ServiceSpec> postgres;
    private final Optional<ServiceSpec> roles;
    private final ServiceSpec redis;
    private final Optional<ServiceSpec> objectStorage;
    private final ServiceSpec migrations;
    private final List<ApiUnit> units;
    private final ServiceSpec frontDoor;
    private final Optional<ServiceSpec> backup;
    private final List<ServiceSpec> monitoring;
    private final String caddyfile;

    private FreshTrackServices(StackConfig config, ProductFiles files) {
        var addresses = addresses(config, "");
        this.postgres = config.database().map(database -> DataServices.postgres(config, database));
        this.roles = config.managedPostgres().map(ignored -> ManagedPostgresRoles.roles(config, addresses));
        this.redis = DataServices.redis(config, HealthCheck.INTERVAL_SECONDS);
        this.objectStorage = config.resources()
                .minio()
                .map(limits -> DataServices.objectStorage(config, limits, HealthCheck.INTERVAL_SECONDS));
        this.migrations = ApiServices.migrations(config, addresses);
        this.units = Stream.of("a", "b")
                .map(unit -> ApiServices.unit(config, unit, addresses(config, unit), HealthCheck.INTERVAL_SECONDS, 5))
                .toList();
        this.frontDoor = FrontDoor.caddy(config);
        this.backup = config.backup()
                .map(backup -> BackupService.backup(
                        config, addresses, backup, config.resources().backup().orElseThrow(), files));
        this.monitoring = config.observability().isPresent()
                ? Stream.concat(Exporters.all(config, files).stream(), Monitoring.all(config, files).stream())
                        .toList()
                : List.of();
        this.caddyfile = files.text("caddy/Caddyfile")
                + (monitoring.isEmpty() ? "" : "\n" + files.text("caddy/observability.caddy"));
    }

    private static Addresses addresses(StackConfig config, String unit) {
        return config.managedPostgres().isPresent()
                ? Addresses.onManagedPostgres(
                        FileSpec.placeholder(SecretNames.DATABASE_HOST),
                        FileSpec.placeholder(SecretNames.DATABASE_POOL_HOST),
                        FileSpec.placeholder(SecretNames.DATABASE_POOL),
                        FileSpec.placeholder(SecretNames.DATABASE_AUTHORITIES))
                : Addresses.onDocker(unit);
    }

    /** The services that a stack's configuration asks for. */
    public static FreshTrackServices of(StackConfig config, ProductFiles files) {
        return new FreshTrackServices(config, files);
    }

    /** PostgreSQL; empty where the cloud runs it. */
    public Optional<ServiceSpec> postgres() {
        return postgres;
    }

    /** What makes the roles of a PostgreSQL that the cloud runs; empty where it is a container, which is told through its socket. */
    public Optional<ServiceSpec> roles() {
        return roles;
    }

    public ServiceSpec redis() {
        return redis;
    }

    /** MinIO; empty where an S3 service outside of the stack keeps the objects. */
    public Optional<ServiceSpec> objectStorage() {
        return objectStorage;
    }

    public ServiceSpec migrations() {
        return migrations;
    }

    /** The permanent API units, in the order in which a deploy changes them. */
    public List<ApiUnit> units() {
        return units;
    }

    public ServiceSpec frontDoor() {
        return frontDoor;
    }

    /** What makes the backups; empty where none are made. */
    public Optional<ServiceSpec> backup() {
        return backup;
    }

    /** What watches the product; empty where nothing does. */
    public List<ServiceSpec> monitoring() {
        return monitoring;
    }

    /** The front door's configuration, with environment placeholders. */
    public String caddyfile() {
        return caddyfile;
    }

    /** Everything, in the order in which it starts. */
    public List<ServiceSpec> all() {
        var all = new ArrayList<ServiceSpec>();
        postgres.ifPresent(all::add);
        all.add(redis);
        objectStorage.ifPresent(all::add);
        roles.ifPresent(all::add);
        all.add(migrations);
        units.forEach(unit -> {
            unit.pooler().ifPresent(all::add);
            all.add(unit.api());
        });
        all.add(frontDoor);
        backup.ifPresent(all::add);
        all.addAll(monitoring);
        return List.copyOf(all);
    }

    /**
     * One API instance and the pooler beside it, which starts before it and stops after it.
     *
     * @param pooler empty where the cloud pools the connections to its database
     */
    public record ApiUnit(String name, Optional<ServiceSpec> pooler, ServiceSpec api) {}
}
