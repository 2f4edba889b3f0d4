package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.infra.Golden;
import com.freshtrack.infra.SshKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A production stack on an EC2 instance through the real engine; what AWS does is SIMULATED, and the instance a stand-in. */
@SimulatedTest
class Ec2Test {
    private TestStack stack;
    private Outcome first;

    @BeforeAll
    void make() {
        stack = TestStack.simulatedEc2("prod", "examples/Pulumi.aws-ec2.yaml");
        Checkout.copyScripts(stack.directory());
        first = stack.preview().mustSucceed();
        stack.up().mustSucceed();
    }

    @AfterAll
    void remove() {
        stack.close();
    }

    @Test
    void showsEverythingBeforeItIsMade() {
        assertThat(first.output()).contains("SIMULATED");
        Golden.assertMatches("preview/aws-ec2-SIMULATED.txt", MachineChange.withoutProduct(PreviewText.of(first)));
    }

    /** A live instance stays what it is: that another image changes nothing says too that a second preview is empty. */
    @Test
    void findsNothingToDoAfterwardsEvenForAnotherImage() {
        stack.set("ec2Ami", "ami-0fedcba9876543210");
        try {
            assertThat(stack.preview().mustSucceed().changes()).isEmpty();
        } finally {
            stack.restore("ec2Ami");
        }
    }

    @Test
    void saysWhereItIsAndPrintsNoSecret() {
        assertThat(stack.output("url").asText()).isEqualTo("https://freshtrack.example.com");
        assertThat(stack.output("address").asText()).startsWith("203.0.113.");
        assertThat(stack.output("dnsRecords").get(1).asText())
                .startsWith("grafana.freshtrack.example.com A 203.0.113.");
        for (var key : new String[] {SshKeys.HOST, SshKeys.DEPLOY}) {
            assertThat(stack.transcript()).doesNotContain(key.lines().toList().get(3));
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
        for (var resource : stack.state().path("resources")) {
            if (resource.path("type").asText().equals(type)) {
                return resource;
            }
        }
        throw new AssertionError("the state has no " + type);
    }

    @Test
    void theDoctorLooksAtAccountImageKeysAndPlugin() {
        assertThat(stack.typed("doctor").output())
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
        stack.unset("hostKey");
        try {
            assertThat(stack.typed("setup", "keys").output())
                    .contains("hostKey          made, encrypted", "deployKey        kept");
        } finally {
            stack.setSecret("hostKey", SshKeys.HOST);
        }
    }

    @Test
    void aVolumeThatShrinksIsRefused() {
        stack.set("dataVolumeGiB", "10");
        try {
            assertThat(stack.preview().mustFail().output()).contains("can only grow: got 10; allowed is 20 or more");
        } finally {
            stack.restore("dataVolumeGiB");
        }
    }

    /** Last, because what isn't protected goes. */
    @Test
    @Order(Integer.MAX_VALUE)
    void keepsWhatHoldsData() {
        assertThat(stack.destroy().mustFail().output()).contains("freshtrack-data", "protected");
    }

    /** What a reviewer sees of changes that touch different resources, two in each preview to save the others, and nothing besides. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    larger           | ec2InstanceType=t3.xlarge dataVolumeGiB=50
                    network-and-pool | sshCidrs=198.51.100.7/32,203.0.113.0/24 defaultPoolSize=20
                    """)
    void oneChange(String name, String changes) {
        MachineChange.assertMatches(stack, "preview/aws-ec2-changes-SIMULATED/" + name + ".txt", changes);
    }
}
