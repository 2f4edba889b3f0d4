package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.serve.EngineSide;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What EC2 refuses of instances and their volumes. */
class AwsInstanceRefusalsTest {

    private final AwsEngine aws = new AwsEngine(Map.of());
    private final EngineSide instance = aws.resource(InstanceRefusals.INSTANCE, "i");
    private final EngineSide volume = aws.resource(InstanceRefusals.VOLUME, "v");

    @ParameterizedTest
    @CsvSource({"t3.medium, 0", "m6i.2xlarge, 0", "u-6tb1.112xlarge, 0", "t3, 1", "t3.huge, 1", "medium, 1"})
    void aTypeHasAFamilyAndASize(String type, int problems) {
        assertThat(instance.problems(Map.of("instanceType", type))).hasSize(problems);
    }

    @ParameterizedTest
    @CsvSource({"16384, false", "16385, true"})
    void userDataAreMeasuredUnpacked(int bytes, boolean refused) {
        String text = Base64.getEncoder().encodeToString(new byte[bytes]);

        assertThat(instance.problems(Map.of("userDataBase64", text))).hasSize(refused ? 1 : 0);
        assertThat(instance.problems(Map.of("userDataBase64", text)))
                .allSatisfy(problem -> assertThat(problem).contains("got 16385 bytes; allowed are 16384"));
    }

    @Test
    void userDataAreBase64() {
        assertThat(instance.problems(Map.of("userDataBase64", "#cloud-config")))
                .singleElement()
                .asString()
                .contains("allowed is base64")
                .doesNotContain("#cloud-config");
    }

    @Test
    void aVolumeHasASizeAndDoesNotShrink() {
        assertThat(volume.problems(Map.of("availabilityZone", "us-east-1a")))
                .singleElement()
                .asString()
                .contains("got neither");
        assertThat(volume.problems(Map.of("availabilityZone", "us-east-1a", "snapshotId", "snap-1")))
                .isEmpty();
        assertThatThrownBy(() -> volume.diff(volume(20), volume(20), volume(19)))
                .hasMessageContaining("can only grow: got 19; allowed is 20 or more");
        assertThat(volume.diff(volume(20), volume(20), volume(21)).getReplacesList())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"us-east-1a, false", "us-east-1b, true"})
    void aVolumeIsAttachedInItsZone(String zone, boolean refused) {
        String subnet = aws.resource("aws:ec2/subnet:Subnet", "s")
                .create(Map.of("vpcId", "vpc-1", "availabilityZone", zone, "cidrBlock", "10.0.0.0/24"), false)
                .getId();
        String server = instance.create(Map.of("subnetId", subnet), false).getId();
        String disk = volume.create(volume(20), false).getId();

        var problems = aws.resource(InstanceRefusals.ATTACHMENT, "a")
                .problems(Map.of("deviceName", "/dev/sdf", "instanceId", server, "volumeId", disk));

        assertThat(problems).hasSize(refused ? 1 : 0);
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem).contains("got us-east-1a; allowed is us-east-1b"));
    }

    @Test
    void anAddressIsKnownWhereItIsAssociated() {
        EngineSide address = aws.resource("aws:ec2/eip:Eip", "e");
        var created = address.create(Map.of("domain", "vpc"), false);

        var association = aws.resource("aws:ec2/eipAssociation:EipAssociation", "a")
                .created(Map.of("allocationId", created.getId(), "instanceId", "i-1"));

        assertThat((String) association.get("publicIp")).matches("203\\.0\\.113\\.[0-9]{1,3}");
    }

    @ParameterizedTest
    @CsvSource({"false, ''", "true, disableApiTermination true; allowed is false"})
    void aProtectedInstanceStays(boolean kept, String problem) {
        Map<String, Object> inputs = Map.of("disableApiTermination", kept);
        String id = instance.create(inputs, false).getId();

        if (problem.isEmpty()) {
            instance.delete(id, inputs);
        } else {
            assertThatThrownBy(() -> instance.delete(id, inputs)).hasMessageContaining(problem);
        }
    }

    private static Map<String, Object> volume(double size) {
        return Map.of("availabilityZone", "us-east-1a", "size", size);
    }
}
