package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.DROPLET_SECRETS;
import static com.freshtrack.infra.config.Configurations.droplet;
import static com.freshtrack.infra.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.config.DigitalOceanConfig.Backups;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class DropletReaderTest {

    @Test
    void readsTypedRecords() {
        var config = read(droplet());
        var machine = config.digitalOcean().orElseThrow().droplet();

        assertThat(config.target()).isEqualTo(Target.DO_DROPLET);
        assertThat(config.dockerHost()).isEmpty();
        assertThat(config.site().publishAddress()).isEqualTo("0.0.0.0");
        assertThat(config.site().url()).isEqualTo("https://freshtrack.acme.io");
        assertThat(config.digitalOcean().orElseThrow().region()).isEqualTo("fra1");
        assertThat(machine.size()).isEqualTo(new MachineSize("s-4vcpu-8gb", 4, 8192, "48"));
        assertThat(machine.dataVolumeGiB()).isEqualTo(20);
        assertThat(machine.backups()).isEqualTo(Backups.NONE);
        assertThat(machine.keys().orElseThrow().host().publicKey()).isEqualTo(SshKeys.HOST_PUBLIC);
        assertThat(machine.keys().orElseThrow().deploy().publicKey()).isEqualTo(SshKeys.DEPLOY_PUBLIC);
        assertThat(config.warnings()).singleElement().asString().contains("backupS3Endpoint is not set");
    }

    @Test
    void theHostIsAsLargeAsTheDroplet() {
        var resources = read(with(droplet(), "dropletSize", "s-8vcpu-16gb")).resources();

        assertThat(resources.hostCpus()).isEqualTo(8);
        assertThat(resources.hostMemoryMiB()).isEqualTo(16_384);
    }

    @Test
    void theSmallestSizeDoesForTheProductAlone() {
        var config =
                read(with(droplet(), "dropletSize", "s-2vcpu-4gb", "observability", "false", "alertWebhookUrl", ""));

        assertThat(config.digitalOcean().orElseThrow().droplet().size().price()).isEqualTo("24");
        assertThat(config.pools().defaultPoolSize()).isEqualTo(25);
    }

    @Test
    void theLoginAtAPrivateRegistryIsTheStacksOwn() {
        var images = read(with(droplet(), "privateRegistry", "ghcr.io", "registryLogin", "ops:a:b"))
                .images();

        assertThat(images.privateRegistry()).contains("ghcr.io");
        assertThat(images.registryLogin()).contains(new SecretText("ops:a:b"));
    }

    @Test
    void alertsGoThroughAPortThatIsOpenThere() {
        var config = read(Configurations.mailingDroplet("smtp.acme.io:2587"));

        assertThat(config.observability()
                        .orElseThrow()
                        .alertMail()
                        .orElseThrow()
                        .smtpHost())
                .isEqualTo("smtp.acme.io:2587");
    }

    @Test
    void aManagedDatabaseLeavesTheDropletItsMemory() {
        var config = read(with(droplet(), "database", "managed", "databaseSize", "db-s-2vcpu-4gb"));

        assertThat(config.database()).isEmpty();
        assertThat(config.managedPostgres().orElseThrow().nodeCount()).isEqualTo(2);
        assertThat(config.pools().maxConnections()).isEqualTo(100);
        assertThat(config.pools().worstCase()).isEqualTo(2 * config.pools().defaultPoolSize());
        assertThat(config.resources().peakMemoryTerms()).doesNotContain("postgres", "pgbouncer");
        assertThat(read(droplet()).resources().peakMemoryTerms()).contains("1 × postgres 1536", "2 × pgbouncer 64");
    }

    @Test
    void sortsNetworksAndKeys() {
        var machine = read(with(droplet(), "sshCidrs", "2001:db8::/32, 10.0.0.0/8,10.0.0.0/8", "sshKeys", "7,12"))
                .digitalOcean()
                .orElseThrow()
                .droplet();

        assertThat(machine.sshCidrs()).containsExactly("10.0.0.0/8", "2001:db8::/32");
        assertThat(machine.sshKeys()).isEqualTo(List.of("12", "7"));
    }

    @ParameterizedTest
    @CsvSource({"freshtrack.acme.io", "acme.io"})
    void theZoneHoldsTheDomain(String zone) {
        assertThat(read(with(droplet(), "dnsZone", zone))
                        .digitalOcean()
                        .orElseThrow()
                        .dnsZone())
                .contains(zone);
    }

    @Test
    void warnsInAPreviewOfWhatAnUpRefuses() {
        var config = StackConfigReader.read(
                "t1", with(droplet(), "hostKey", "", "deployKey", "", "alarmEmail", ""), DROPLET_SECRETS, true);

        assertThat(config.digitalOcean().orElseThrow().droplet().keys()).isEmpty();
        assertThat(String.join("\n", config.warnings()))
                .contains("`pulumi up` will refuse", "scripts/setup keys t1", "alarms reach nobody");
    }

    private static StackConfig read(Map<String, String> values) {
        return StackConfigReader.read("t1", values, DROPLET_SECRETS, false);
    }
}
