package com.freshtrack.infra.digitalocean;

import com.freshtrack.infra.config.Environment;
import com.freshtrack.infra.config.ManagedPostgresConfig;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ManagedPostgresRoles;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.core.Output;
import com.pulumi.digitalocean.DatabaseCluster;
import com.pulumi.digitalocean.DatabaseClusterArgs;
import com.pulumi.digitalocean.DatabaseConnectionPool;
import com.pulumi.digitalocean.DatabaseConnectionPoolArgs;
import com.pulumi.digitalocean.DatabaseDb;
import com.pulumi.digitalocean.DatabaseDbArgs;
import com.pulumi.digitalocean.DatabaseFirewall;
import com.pulumi.digitalocean.DatabaseFirewallArgs;
import com.pulumi.digitalocean.DatabaseUser;
import com.pulumi.digitalocean.DatabaseUserArgs;
import com.pulumi.digitalocean.inputs.DatabaseClusterMaintenanceWindowArgs;
import com.pulumi.digitalocean.inputs.DatabaseFirewallRuleArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * DigitalOcean Managed PostgreSQL: a cluster in a private network, which nobody but its sources reaches, the product's database and
 * roles in it, and its own transaction pool.
 *
 * <p>The roles exist then, with passwords that DigitalOcean made. What they may do is said by {@link ManagedPostgresRoles}, from one of
 * the sources.
 */
public final class ManagedPostgres extends ComponentResource {
    public static final String TYPE = "freshtrack:digitalocean:ManagedPostgres";

    /** UTC. */
    private static final String MAINTENANCE_DAY = "sunday";

    private static final String MAINTENANCE_HOUR = "03:00";

    private final Parent parent;
    private final StackConfig config;
    private final DatabaseCluster cluster;
    private final DatabaseFirewall firewall;
    private final DatabaseUser app;
    private final DatabaseUser migrator;
    private final DatabaseConnectionPool pool;

    /**
     * What it is made from.
     *
     * @param config the stack's configuration, with {@code managedPostgres}
     * @param region DigitalOcean's name of the region, such as {@code fra1}
     * @param networkId the VPC that it is in
     * @param sources who reaches it, beside {@code databaseAdminCidrs}; one at least, or else everybody would
     */
    public record Args(StackConfig config, String region, Output<String> networkId, List<Source> sources) {
        public Args {
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("a cluster without a trusted source is open to the world");
            }
        }
    }

    /**
     * A trusted source: https://docs.digitalocean.com/products/databases/postgresql/how-to/secure/.
     *
     * @param type {@code app}, {@code droplet} or {@code ip_addr}, which takes networks too
     * @param value its ID, or the address
     */
    public record Source(String type, Output<String> value) {
        /** An app by its public addresses; not by those that it has in a VPC. */
        public static Source app(Output<String> id) {
            return new Source("app", id);
        }

        public static Source droplet(Output<String> id) {
            return new Source("droplet", id);
        }

        /** An IPv4 network, which may be the range of a VPC. */
        public static Source network(Output<String> cidr) {
            return new Source("ip_addr", cidr);
        }
    }

    public ManagedPostgres(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.parent = new Parent(this, name);
        this.config = args.config();
        var wanted = config.managedPostgres().orElseThrow();

        this.cluster = cluster(args, wanted);
        this.firewall = firewall(args.sources(), wanted.adminCidrs());
        var database = new DatabaseDb(
                parent.child("database"),
                DatabaseDbArgs.builder()
                        .clusterId(cluster.id())
                        .name(FreshTrackServices.DATABASE)
                        .build(),
                kept());
        this.app = user("app", FreshTrackServices.APP_ROLE);
        this.migrator = user("migrator", FreshTrackServices.MIGRATOR_ROLE);
        this.pool = pool(database);
        registerOutputs(Map.of("host", host(), "pool", pool.name()));
    }

    public Output<String> clusterId() {
        return cluster.id();
    }

    /** Where it answers within its network. */
    public Output<String> host() {
        return cluster.privateHost();
    }

    /** Known once its sources reach it. */
    public Output<String> firewallId() {
        return firewall.id();
    }

    /** Where its pool answers within its network. */
    public Output<String> poolHost() {
        return pool.privateHost();
    }

    /**
     * The pool's name, which clients give for the database's. It follows from its size: with the same name the old pool would have to
     * go before the new one comes.
     */
    public static String poolName(StackConfig config) {
        return FreshTrackServices.APP_ROLE + "-" + config.pools().defaultPoolSize();
    }

    /** The cluster's name, by which an app is bound to it. */
    public Output<String> clusterName() {
        return cluster.name();
    }

    /** What DigitalOcean calls it, for a project. */
    public Output<String> clusterUrn() {
        return cluster.clusterUrn();
    }

    /** The password of the application's role, secret. */
    public Output<String> appPassword() {
        return app.password();
    }

    /** The password of the role that runs the migrations, secret. */
    public Output<String> migratorPassword() {
        return migrator.password();
    }

    /** The password of {@link ManagedPostgresRoles#ADMIN_ROLE}, secret. */
    public Output<String> adminPassword() {
        return cluster.password();
    }

    /** Where data lie, and what keeps strangers from them: both stay where the cluster does. */
    private CustomResourceOptions kept() {
        boolean kept = config.environment() == Environment.PROD;
        return parent.builder().protect(kept).retainOnDelete(kept).build();
    }

    private DatabaseCluster cluster(Args args, ManagedPostgresConfig wanted) {
        return new DatabaseCluster(
                parent.child("cluster"),
                DatabaseClusterArgs.builder()
                        .name(config.prefix())
                        .engine("pg")
                        .version(String.valueOf(wanted.version()))
                        .size(wanted.size().slug())
                        .nodeCount(wanted.nodeCount())
                        .region(args.region())
                        .privateNetworkUuid(args.networkId())
                        .maintenanceWindows(DatabaseClusterMaintenanceWindowArgs.builder()
                                .day(MAINTENANCE_DAY)
                                .hour(MAINTENANCE_HOUR)
                                .build())
                        .build(),
                kept());
    }

    private DatabaseFirewall firewall(List<Source> sources, List<String> adminCidrs) {
        var admins = adminCidrs.stream().map(cidr -> Source.network(Output.of(cidr)));
        return new DatabaseFirewall(
                parent.child("firewall"),
                DatabaseFirewallArgs.builder()
                        .clusterId(cluster.id())
                        .rules(Stream.concat(sources.stream(), admins)
                                .map(source -> DatabaseFirewallRuleArgs.builder()
                                        .type(source.type())
                                        .value(source.value())
                                        .build())
                                .toList())
                        .build(),
                kept());
    }

    private DatabaseUser user(String name, String role) {
        return new DatabaseUser(
                parent.child(name),
                DatabaseUserArgs.builder().clusterId(cluster.id()).name(role).build(),
                kept());
    }

    private DatabaseConnectionPool pool(DatabaseDb database) {
        return new DatabaseConnectionPool(
                parent.child("pool"),
                DatabaseConnectionPoolArgs.builder()
                        .clusterId(cluster.id())
                        .name(poolName(config))
                        .dbName(database.name())
                        .user(app.name())
                        .mode(config.pools().mode().text())
                        .size(config.pools().defaultPoolSize())
                        .build(),
                parent.options());
    }
}
