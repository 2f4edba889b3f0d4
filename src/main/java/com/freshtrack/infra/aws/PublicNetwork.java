package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.PrivateRange;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.InternetGateway;
import com.pulumi.aws.ec2.InternetGatewayArgs;
import com.pulumi.aws.ec2.Route;
import com.pulumi.aws.ec2.RouteArgs;
import com.pulumi.aws.ec2.RouteTable;
import com.pulumi.aws.ec2.RouteTableArgs;
import com.pulumi.aws.ec2.RouteTableAssociation;
import com.pulumi.aws.ec2.RouteTableAssociationArgs;
import com.pulumi.aws.ec2.Subnet;
import com.pulumi.aws.ec2.SubnetArgs;
import com.pulumi.aws.ec2.Vpc;
import com.pulumi.aws.ec2.VpcArgs;
import java.util.Map;

/** A network with a gateway to the internet, and the routes that lead its public subnets there. */
final class PublicNetwork {
    static final String INTERNET = "0.0.0.0/0";

    private final Parent parent;
    private final String cidr;
    private final Vpc vpc;
    private final InternetGateway internet;
    private final RouteTable table;
    private final Route route;

    PublicNetwork(Parent parent, String cidr) {
        this.parent = parent;
        this.cidr = cidr;
        this.vpc = new Vpc(
                parent.child("vpc"),
                VpcArgs.builder()
                        .cidrBlock(cidr)
                        .enableDnsSupport(true)
                        .enableDnsHostnames(true)
                        .tags(named("vpc"))
                        .build(),
                parent.options());
        this.internet = new InternetGateway(
                parent.child("internet"),
                InternetGatewayArgs.builder()
                        .vpcId(vpc.id())
                        .tags(named("internet"))
                        .build(),
                parent.options());
        this.table = routeTable("public");
        this.route = new Route(
                parent.child("public-internet"),
                RouteArgs.builder()
                        .routeTableId(table.id())
                        .destinationCidrBlock(INTERNET)
                        .gatewayId(internet.id())
                        .build(),
                parent.options());
    }

    Vpc vpc() {
        return vpc;
    }

    /** What joins the network to the internet; AWS refuses public addresses in it before. */
    InternetGateway internet() {
        return internet;
    }

    /** The way there, of public subnets. */
    Route route() {
        return route;
    }

    /** The routes of public subnets. */
    RouteTable table() {
        return table;
    }

    RouteTable routeTable(String name) {
        return new RouteTable(
                parent.child(name),
                RouteTableArgs.builder().vpcId(vpc.id()).tags(named(name)).build(),
                parent.options());
    }

    /** A subnet in one of the 32 parts of the network's range; what is in it has no public address by itself. */
    Subnet subnet(String name, String zone, int part) {
        return new Subnet(
                parent.child(name),
                SubnetArgs.builder()
                        .vpcId(vpc.id())
                        .availabilityZone(zone)
                        .cidrBlock(PrivateRange.of(cidr).subnet(part))
                        .mapPublicIpOnLaunch(false)
                        .tags(named(name))
                        .build(),
                parent.options());
    }

    /** Gives a subnet its routes. */
    RouteTableAssociation associate(RouteTable routes, String name, Subnet subnet) {
        return new RouteTableAssociation(
                parent.child(name),
                RouteTableAssociationArgs.builder()
                        .routeTableId(routes.id())
                        .subnetId(subnet.id())
                        .build(),
                parent.options());
    }

    /** A tag that shows a resource's name in AWS's console. */
    Map<String, String> named(String name) {
        return Map.of("Name", parent.child(name));
    }
}
