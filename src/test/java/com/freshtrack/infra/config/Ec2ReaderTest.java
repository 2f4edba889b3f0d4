package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.DROPLET_SECRETS;
import static com.freshtrack.infra.config.Configurations.ec2;
import static com.freshtrack.infra.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.SshKeys;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class Ec2ReaderTest {

    @Test
    void readsTypedRecords() {
        var config = read(ec2());
        var ec2 = config.ec2().orElseThrow();

        assertThat(config.target()).isEqualTo(Target.AWS_EC2);
        assertThat(config.aws()).isEmpty();
        assertThat(config.site().publishAddress()).isEqualTo("0.0.0.0");
        assertThat(config.hostNames()).containsExactly("freshtrack.acme.io", "grafana.freshtrack.acme.io");
        assertThat(ec2.place()).isEqualTo(new Ec2Config.Place("eu-central-1", "eu-central-1a", "10.20.0.0/16"));
        assertThat(ec2.machine().size()).isEqualTo(new MachineSize("t3.large", 2, 8192, "0.0832"));
        assertThat(ec2.machine().ami()).isEqualTo("ami-0123456789abcdef0");
        assertThat(ec2.machine().dataVolumeGiB()).isEqualTo(20);
        assertThat(ec2.machine().keys().orElseThrow().deploy().publicKey()).isEqualTo(SshKeys.DEPLOY_PUBLIC);
        assertThat(ec2.snapshotKeepDays()).isEqualTo(7);
        assertThat(ec2.hostedZoneId()).isEmpty();
        assertThat(config.warnings()).as("backups are copied by themselves").isEmpty();
    }

    @Test
    void theHostIsAsLargeAsTheType() {
        var resources = read(with(ec2(), "ec2InstanceType", "m6i.xlarge")).resources();

        assertThat(resources.hostCpus()).isEqualTo(4);
        assertThat(resources.hostMemoryMiB()).isEqualTo(16_384);
    }

    @Test
    void theDefaultTypeDoesForTheProductAlone() {
        var config = read(with(
                ec2(),
                "ec2InstanceType",
                ConfigKey.EC2_INSTANCE_TYPE.defaultValue(),
                "observability",
                "false",
                "alertWebhookUrl",
                ""));

        assertThat(config.ec2().orElseThrow().machine().size().name()).isEqualTo("t3.medium");
        assertThat(config.pools().defaultPoolSize()).isEqualTo(25);
        assertThat(config.hostNames()).containsExactly("freshtrack.acme.io");
    }

    @Test
    void takesAZoneThatIsNamed() {
        assertThat(read(with(ec2(), "ec2Zone", "eu-central-1c"))
                        .ec2()
                        .orElseThrow()
                        .place()
                        .zone())
                .isEqualTo("eu-central-1c");
    }

    @Test
    void warnsInAPreviewOfWhatAnUpRefuses() {
        var config = StackConfigReader.read("t1", with(ec2(), "hostKey", "", "deployKey", ""), DROPLET_SECRETS, true);

        assertThat(config.ec2().orElseThrow().machine().keys()).isEmpty();
        assertThat(config.warnings()).singleElement().asString().contains("`pulumi up` will refuse");
    }

    private static StackConfig read(Map<String, String> values) {
        return StackConfigReader.read("t1", values, DROPLET_SECRETS, false);
    }
}
