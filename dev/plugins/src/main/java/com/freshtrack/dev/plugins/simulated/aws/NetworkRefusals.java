package com.freshtrack.dev.plugins.simulated.aws;

import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.Inventory.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How networks must fit one another (https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html): a subnet lies in its
 * VPC and beside all others; a load balancer and a database have subnets in two zones.
 */
final class NetworkRefusals {

    private static final String VPC = "aws:ec2/vpc:Vpc";
    private static final String SUBNET = "aws:ec2/subnet:Subnet";
    private static final int LARGEST = 16;
    private static final int SMALLEST = 28;

    private final Inventory inventory;

    NetworkRefusals(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Problems of a VPC's or subnet's own block. */
    List<String> block(Map<String, Object> inputs) {
        if (!(inputs.get("cidrBlock") instanceof String text)) {
            return List.of();
        }
        Optional<Cidr> block = Cidr.parse(text);
        return block.filter(cidr -> cidr.bits() >= LARGEST && cidr.bits() <= SMALLEST)
                        .isPresent()
                ? List.of()
                : List.of("property \"cidrBlock\" isn't accepted by AWS: got " + text
                        + "; allowed is the first address of a block and /" + LARGEST + " to /" + SMALLEST);
    }

    /** Problems of a subnet with its VPC, and with others that are asked for. */
    List<String> subnetAsked(String urn, Map<String, Object> inputs) {
        return beside(inputs, inventory.askedBeside(urn, SUBNET).stream());
    }

    /** Problems of a subnet that is made now with those that exist, its own predecessor among them. */
    List<String> subnetMade(Map<String, Object> inputs) {
        return beside(inputs, inventory.existing(SUBNET).stream());
    }

    private List<String> beside(Map<String, Object> inputs, Stream<Entry> others) {
        Optional<Cidr> own = cidr(inputs);
        Object vpc = inputs.get("vpcId");
        List<String> problems = new ArrayList<>();
        if (own.isEmpty() || !(vpc instanceof String id)) {
            return problems;
        }
        Optional<Entry> network = inventory.existing(VPC, id);
        if (network.flatMap(entry -> cidr(entry.properties()))
                .filter(outer -> !outer.contains(own.get()))
                .isPresent()) {
            problems.add("property \"cidrBlock\" lies outside the VPC: got " + inputs.get("cidrBlock")
                    + "; allowed is a part of "
                    + network.get().properties().get("cidrBlock"));
        }
        others.filter(other -> id.equals(other.properties().get("vpcId")))
                .filter(other ->
                        cidr(other.properties()).filter(own.get()::overlaps).isPresent())
                .map(other ->
                        "property \"cidrBlock\" overlaps another subnet of the VPC: got " + inputs.get("cidrBlock")
                                + "; taken is " + other.properties().get("cidrBlock") + " by " + other.urn())
                .sorted()
                .forEach(problems::add);
        return problems;
    }

    /** A problem when all subnets are known and lie in one zone. */
    List<String> twoZones(Object subnets) {
        Set<Object> zones = new LinkedHashSet<>();
        for (Object id : subnets instanceof List<?> ids ? ids : List.of()) {
            Optional<Entry> subnet = inventory.existing(SUBNET, String.valueOf(id));
            if (subnet.isEmpty()) {
                return List.of();
            }
            zones.add(subnet.get().properties().get("availabilityZone"));
        }
        return zones.size() == 1
                ? List.of("AWS wants subnets in two availability zones: got " + zones
                        + "; allowed is one subnet or more in each of two zones or more")
                : List.of();
    }

    private static Optional<Cidr> cidr(Map<String, Object> properties) {
        return properties.get("cidrBlock") instanceof String text ? Cidr.parse(text) : Optional.empty();
    }
}
