package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.infra.SshKeys;
import org.junit.jupiter.api.Test;

/** The example of a production stack on an EC2 instance; the instance is a stand-in. */
class Ec2Test extends SimulatedProduction {
    Ec2Test() {
        super("aws-ec2", "freshtrack-server", Ec2Test::withScripts);
    }

    private static TestStack withScripts() {
        var stack = TestStack.simulatedEc2("prod", "examples/Pulumi.aws-ec2.yaml");
        Checkout.copyScripts(stack.directory());
        return stack;
    }

    /** A live instance stays what it is: that another image changes nothing says too that a second preview is empty. */
    @Override
    @Test
    void findsNothingToDoAfterwards() {
        stack().set("ec2Ami", "ami-0fedcba9876543210");
        try {
            assertThat(stack().preview().mustSucceed().changes()).isEmpty();
        } finally {
            stack().restore();
        }
    }

    @Test
    void saysWhereItIsAndPrintsNoSecret() {
        assertThat(stack().output("url").asText()).isEqualTo("https://freshtrack.example.com");
        assertThat(stack().output("address").asText()).startsWith("203.0.113.");
        assertThat(stack().output("dnsRecords").get(1).asText())
                .startsWith("grafana.freshtrack.example.com A 203.0.113.");
        for (var key : new String[] {SshKeys.HOST, SshKeys.DEPLOY}) {
            assertThat(stack().transcript()).doesNotContain(key.lines().toList().get(3));
        }
    }

    /** The first boot waits for the volume, and then needs the way out that comes with the address. */
    @Test
    void theVolumeIsKeptAndComesAfterTheAddress() {
        var volume = resource("aws:ebs/volume:Volume");
        var address = resource("aws:ec2/eipAssociation:EipAssociation");

        assertThat(volume.path("protect").asBoolean()).isTrue();
        assertThat(volume.path("retainOnDelete").asBoolean()).isTrue();
        assertThat(resource("aws:ec2/volumeAttachment:VolumeAttachment").path("dependencies"))
                .contains(address.path("urn"));
    }

    private JsonNode resource(String type) {
        for (var resource : stack().state().path("resources")) {
            if (resource.path("type").asText().equals(type)) {
                return resource;
            }
        }
        throw new AssertionError("the state has no " + type);
    }

    @Test
    void theDoctorLooksAtAccountImageKeysAndPlugin() {
        assertThat(stack().typed("doctor").output())
                .contains(
                        "ok    hostKey          there, encrypted",
                        "ok    zone             us-east-1a",
                        "ok    image            ami-0123456789abcdef0, ubuntu/images/",
                        "NOTHING WILL BE CREATED at AWS")
                .doesNotContain("zone             us-east-1b", "RDS")
                .endsWith("ready\n");
    }

    @Test
    void keysAreMadeOnceAndKept() {
        stack().unset("hostKey");
        try {
            assertThat(stack().typed("setup", "keys").output())
                    .contains("hostKey          made, encrypted", "deployKey        kept");
        } finally {
            stack().setSecret("hostKey", SshKeys.HOST);
        }
    }

    @Test
    void aVolumeThatShrinksIsRefused() {
        refused("dataVolumeGiB=10", "can only grow: got 10; allowed is 20 or more");
    }

    @Test
    void changesOfTheMachineAndOfWhoReachesIt() {
        changes(
                new Change("size-up", "ec2InstanceType=t3.xlarge", "freshtrack-server"),
                new Change("volume-growth", "dataVolumeGiB=50", "freshtrack-(data|grow)"),
                new Change("ssh-network", "sshCidrs=198.51.100.7/32,203.0.113.0/24", "freshtrack-ssh-.*"),
                new Change("snapshots", "snapshotKeepDays=14", "freshtrack-snapshots"),
                new Change("pool-size", "defaultPoolSize=20", "freshtrack-(pools|product-.*)"));
    }

    /** With monitoring beside it the product doesn't fit into the smaller one. */
    @Test
    void aSmallerMachine() {
        change(
                "size-down",
                "ec2InstanceType=t3.medium observability=false alertEmailTo= alertEmailFrom= alertSmtpHost=");
    }

    @Test
    void anotherDomain() {
        change("domain", "domain=app.example.com");
    }
}
