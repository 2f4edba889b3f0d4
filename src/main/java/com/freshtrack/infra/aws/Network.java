package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.AwsConfig;
import com.freshtrack.infra.config.AwsConfig.Nat;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.Eip;
import com.pulumi.aws.ec2.EipArgs;
import com.pulumi.aws.ec2.InternetGateway;
import com.pulumi.aws.ec2.NatGateway;
import com.pulumi.aws.ec2.NatGatewayArgs;
import com.pulumi.aws.ec2.Route;
import com.pulumi.aws.ec2.RouteArgs;
import com.pulumi.aws.ec2.RouteTable;
import com.pulumi.aws.ec2.Subnet;
import com.pulumi.aws.ec2.Vpc;
import com.pulumi.aws.ec2.VpcEndpoint;
import com.pulumi.aws.ec2.VpcEndpointArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The network: public subnets for the load balancer, private ones for tasks and others, without a way out, for the database.
 *
 * <p>A subnet's range follows from its tier and its zone's letter alone, so that another zone changes no subnet that is there.
 */
final class Network {
    /** The first of eight parts of the network's range for each tier; the last eight are nobody's. */
    private enum Tier {
        PUBLIC(0),
        PRIVATE(8),
        DATABASE(16);

        private final int firstPart;

        Tier(int firstPart) {
            this.firstPart = firstPart;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Parent parent;
    private final AwsConfig.Network config;
    private final PublicNetwork open;
    private final Map<String, Subnet> publicSubnets;
    private final Map<String, Subnet> privateSubnets;
    private final Map<String, Subnet> databaseSubnets;
    private final List<Resource> ways = new ArrayList<>();

    Network(Parent parent, AwsConfig aws) {
        this.parent = parent;
        this.config = aws.network();
        this.open = new PublicNetwork(parent, config.vpcCidr());
        ways.add(open.route());
        this.publicSubnets = subnets(Tier.PUBLIC);
        this.privateSubnets = subnets(Tier.PRIVATE);
        this.databaseSubnets = subnets(Tier.DATABASE);
        publicSubnets.forEach((zone, subnet) -> associate(open.table(), Tier.PUBLIC, zone, subnet));
        var tables = new ArrayList<>(List.of(open.table()));
        tables.addAll(routePrivate());
        var isolated = open.routeTable("database");
        databaseSubnets.forEach((zone, subnet) -> associate(isolated, Tier.DATABASE, zone, subnet));
        new VpcEndpoint(
                parent.child("s3"),
                VpcEndpointArgs.builder()
                        .vpcId(vpc().id())
                        .vpcEndpointType("Gateway")
                        .serviceName("com.amazonaws." + aws.region() + ".s3")
                        .routeTableIds(ids(tables))
                        .tags(open.named("s3"))
                        .build(),
                parent.options());
    }

    Vpc vpc() {
        return open.vpc();
    }

    /** What joins the network to the internet; AWS refuses public addresses in it before. */
    InternetGateway internet() {
        return open.internet();
    }

    /** The routes: a task that starts before them reaches neither its registry nor its secrets. */
    List<Resource> ways() {
        return List.copyOf(ways);
    }

    Output<List<String>> publicSubnetIds() {
        return ids(publicSubnets.values());
    }

    /** The private subnets by zone; they are there whatever the kind of NAT. */
    Map<String, Subnet> privateSubnets() {
        return privateSubnets;
    }

    /** Where tasks run: without a NAT only a public subnet has a way to the registry and to AWS. */
    Output<List<String>> taskSubnetIds() {
        return ids((tasksArePublic() ? publicSubnets : privateSubnets).values());
    }

    /** Whether tasks need public addresses; their security groups let nothing in from the internet. */
    boolean tasksArePublic() {
        return config.nat() == Nat.NONE;
    }

    Output<List<String>> databaseSubnetIds() {
        return ids(databaseSubnets.values());
    }

    private Map<String, Subnet> subnets(Tier tier) {
        var subnets = new LinkedHashMap<String, Subnet>();
        config.zones().forEach(zone -> subnets.put(zone, subnet(tier, zone)));
        return subnets;
    }

    private Subnet subnet(Tier tier, String zone) {
        return open.subnet(tier.text() + "-" + letter(zone), zone, tier.firstPart + letter(zone) - 'a');
    }

    /** A table for each zone, whatever the kind of NAT: another kind then changes where a route leads, and nothing else. */
    private List<RouteTable> routePrivate() {
        var gateways = natGateways();
        var tables = new ArrayList<RouteTable>();
        privateSubnets.forEach((zone, subnet) -> {
            var table = open.routeTable("private-" + letter(zone));
            associate(table, Tier.PRIVATE, zone, subnet);
            var gateway =
                    gateways.getOrDefault(zone, gateways.get(config.zones().get(0)));
            if (gateway != null) {
                ways.add(new Route(
                        parent.child("private-" + letter(zone) + "-internet"),
                        RouteArgs.builder()
                                .routeTableId(table.id())
                                .destinationCidrBlock(PublicNetwork.INTERNET)
                                .natGatewayId(gateway.id())
                                .build(),
                        parent.options()));
            }
            tables.add(table);
        });
        return tables;
    }

    private Map<String, NatGateway> natGateways() {
        var zones =
                switch (config.nat()) {
                    case NONE -> List.<String>of();
                    case SINGLE -> config.zones().subList(0, 1);
                    case PER_ZONE -> config.zones();
                };
        var gateways = new HashMap<String, NatGateway>();
        for (var zone : zones) {
            var name = "nat-" + letter(zone);
            var address = new Eip(
                    parent.child(name),
                    EipArgs.builder().domain("vpc").tags(open.named(name)).build(),
                    parent.after(open.internet()));
            gateways.put(
                    zone,
                    new NatGateway(
                            parent.child(name),
                            NatGatewayArgs.builder()
                                    .subnetId(publicSubnets.get(zone).id())
                                    .allocationId(address.id())
                                    .tags(open.named(name))
                                    .build(),
                            parent.after(open.internet())));
        }
        return gateways;
    }

    private void associate(RouteTable table, Tier tier, String zone, Subnet subnet) {
        ways.add(open.associate(table, tier.text() + "-" + letter(zone), subnet));
    }

    private static char letter(String zone) {
        return zone.charAt(zone.length() - 1);
    }

    private static Output<List<String>> ids(Collection<? extends CustomResource> resources) {
        return Output.all(resources.stream().map(CustomResource::id).toList());
    }
}
