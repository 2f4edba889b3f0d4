package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.dev;
import static com.freshtrack.infra.config.Configurations.encrypted;
import static com.freshtrack.infra.config.Configurations.prod;
import static com.freshtrack.infra.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BackupReaderTest {
    @Test
    void isOnInProdAndOffInDevUnlessSaid() {
        assertThat(read(prod()).backup()).isPresent();
        assertThat(read(dev()).backup()).isEmpty();
        assertThat(read(dev()).resources().backup()).isEmpty();
        assertThat(read(with(dev(), "backup", "true")).backup()).isPresent();
        assertThat(read(with(prod(), "backup", "false")).backup()).isEmpty();
    }

    @Test
    void readsWhatIsKeptAndWhere() {
        var config = read(with(BadBackups.offsite(), "backupPeriodHours", "6", "backupKeepDays", "90"));
        var backup = config.backup().orElseThrow();

        assertThat(backup.periodHours()).isEqualTo(6);
        assertThat(backup.keepDays()).isEqualTo(90);
        assertThat(backup.keepAtLeast()).isEqualTo(7);
        var offsite = backup.offsite().orElseThrow();
        assertThat(offsite.endpoint()).isEqualTo("https://offsite.example.com");
        assertThat(offsite.bucket()).isEqualTo("acme-backups");
        assertThat(offsite.region()).isEqualTo("us-east-1");
        assertThat(offsite.publicKey()).isEqualTo(Configurations.BACKUP_PUBLIC_KEY);
        assertThat(config.resources().backup()).contains(new Resources(1, 256));
        assertThat(config.warnings()).isEmpty();
        assertThat(config.toString()).doesNotContain("AKIAEXAMPLE", "wJalr");
    }

    @Test
    void warnsInProdOfBackupsThatGoWithTheHostAndOfNone() {
        var unwatched = with(prod(), "observability", "false");
        assertThat(read(unwatched).warnings()).singleElement().asString().contains("backupS3Endpoint", "lost with it");
        assertThat(read(with(unwatched, "backup", "false")).warnings())
                .singleElement()
                .asString()
                .contains("no backups are made");
        assertThat(read(with(dev(), "backup", "true")).warnings()).isEmpty();
    }

    /** Turned off for a while, the rest may stay. */
    @Test
    void keepsWhatIsConfiguredWhereBackupsAreTurnedOff() {
        assertThat(read(with(BadBackups.offsite(), "backup", "false")).backup()).isEmpty();
    }

    private static StackConfig read(Map<String, String> values) {
        return StackConfigReader.read("t1", values, encrypted("backupS3AccessKey", "backupS3SecretKey"), false);
    }
}
