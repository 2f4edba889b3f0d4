package com.freshtrack.infra.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.freshtrack.infra.services.ServiceSpec.Volume;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BackupServiceTest {
    private static final String API = "registry.example.com/freshtrack/api@sha256:" + "a".repeat(64);
    private static final String KEY =
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEawX8qhYJKwYB\n-----END PGP PUBLIC KEY BLOCK-----\n";
    private static final Map<String, String> OFFSITE = Map.of(
            "freshtrack:backupS3Endpoint", "https://offsite.example.com",
            "freshtrack:backupS3Bucket", "acme-backups",
            "freshtrack:backupS3AccessKey", "AccessKeyNotToBeSeen",
            "freshtrack:backupS3SecretKey", "SecretKeyNotToBeSeen",
            "freshtrack:backupPublicKey", KEY);

    @Test
    void isThereOnlyWhereItIsOn() {
        assertThat(services(config(Map.of("freshtrack:backup", "false"))).backup())
                .isEmpty();
        assertThat(services(config(Map.of())).all())
                .extracting(ServiceSpec::name)
                .contains("backup");
    }

    @Test
    void readsEverythingAndIsReachedByNobody() {
        var backup = backup(OFFSITE);

        assertThat(backup.ports()).isEmpty();
        assertThat(backup.networks()).containsExactly(Network.DATA, Network.EDGE);
        assertThat(backup.isolation()).isEqualTo(ServiceSpec.Isolation.NONE);
        assertThat(backup.mounts())
                .containsExactlyInAnyOrder(
                        Mount.volume("backups", "/backups"),
                        new Mount(new Volume("caddy-data"), "/caddy", true),
                        Mount.volume("metrics", "/metrics"));
        assertThat(backup.process().environment()).containsEntry("PGUSER", "frostguard_backup");
    }

    @Test
    void itsHealthIsThatOfTheLoop() {
        assertThat(backup(Map.of()).healthCheck().orElseThrow().command().toString())
                .contains("/tmp/backup-loop")
                .doesNotContain("prom", "MANIFEST");
    }

    @Test
    void getsTheScriptsOfTheHostAsTheyAre() {
        var files = ProductFiles.read(Path.of(""));
        assertThat(backup(Map.of()).files())
                .filteredOn(FileSpec::executable)
                .hasSize(5)
                .allSatisfy(file -> {
                    assertThat(file.template())
                            .isEqualTo(files.text("host/" + file.path().substring(12)));
                    assertThat(file.secrets()).as("secrets in " + file.path()).isEmpty();
                });
    }

    @Test
    void theOffsiteKeysAreNamedAndNeverHeld() {
        var backup = backup(OFFSITE);

        assertThat(backup.toString())
                .doesNotContain("AccessKeyNotToBeSeen", "SecretKeyNotToBeSeen")
                .contains("${secret:backup_s3_access_key}", "${secret:backup_s3_secret_key}", KEY);
        assertThat(backup(Map.of()).toString()).doesNotContain("backup_s3_", "PGP PUBLIC");
    }

    @Test
    void isCountedInTheHostsMemory() {
        var config = config(Map.of());
        var services = services(config);
        var running = services.all().stream()
                .mapToInt(spec -> spec.resources().memoryMiB())
                .sum();
        assertThat(running + services.frontDoor().resources().memoryMiB())
                .isEqualTo(config.resources().peakMemoryMiB());
    }

    private static ServiceSpec backup(Map<String, String> more) {
        return services(config(more)).backup().orElseThrow();
    }

    private static FreshTrackServices services(StackConfig config) {
        return FreshTrackServices.of(config, ProductFiles.read(Path.of("")));
    }

    private static StackConfig config(Map<String, String> more) {
        var values = new HashMap<>(
                Map.of("freshtrack:environment", "dev", "freshtrack:apiImage", API, "freshtrack:backup", "true"));
        values.putAll(more);
        return StackConfigReader.read(
                "sample", values, Set.of("freshtrack:backupS3AccessKey", "freshtrack:backupS3SecretKey"), false);
    }
}
