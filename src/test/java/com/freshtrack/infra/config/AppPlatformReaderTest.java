package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.APP_PLATFORM_SECRETS;
import static com.freshtrack.infra.config.Configurations.appPlatform;
import static com.freshtrack.infra.config.Configurations.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class AppPlatformReaderTest {

    @Test
    void readsTypedRecords() {
        var config = read(appPlatform());
        var app = config.appPlatform().orElseThrow();

        assertThat(config.target()).isEqualTo(Target.DO_APP_PLATFORM);
        assertThat(config.database()).isEmpty();
        assertThat(config.managedPostgres())
                .contains(
                        new ManagedPostgresConfig(15, new ManagedPostgresSize("db-s-1vcpu-2gb", 2, 30), 2, List.of()));
        assertThat(config.pools().defaultPoolSize()).isEqualTo(17);
        assertThat(app.region()).isEqualTo(new AppRegion("fra1", "fra", "fra1"));
        assertThat(app.api().size().slug()).isEqualTo("apps-s-1vcpu-1gb");
        assertThat(app.api().count()).isEqualTo(2);
        assertThat(app.api().maxCount()).isEmpty();
        assertThat(app.ownBucket()).isTrue();
        assertThat(app.registryCredentials().orElseThrow().value()).isEqualTo("acme:hunter2-token");
        assertThat(app.dnsZone()).contains("acme.io");
        assertThat(config.storage().external().orElseThrow().endpoint())
                .isEqualTo("https://fra1.digitaloceanspaces.com");
        assertThat(config.storage().region()).isEqualTo("fra1");
        assertThat(config.resources().redis().memoryMiB()).isEqualTo(512);
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void nycHasItsSpacesNextDoor() {
        assertThat(read(with(appPlatform(), "doRegion", "nyc1"))
                        .storage()
                        .external()
                        .orElseThrow()
                        .endpoint())
                .isEqualTo("https://nyc3.digitaloceanspaces.com");
    }

    @Test
    void anotherS3ServiceTakesThePlaceOfSpaces() {
        var config = read(with(
                appPlatform(), "s3Endpoint", "https://s3.acme.io", "s3Bucket", "freshtrack", "s3Region", "eu-west-1"));

        assertThat(config.appPlatform().orElseThrow().ownBucket()).isFalse();
        assertThat(config.storage().external().orElseThrow().endpoint()).isEqualTo("https://s3.acme.io");
        assertThat(config.storage().region()).isEqualTo("eu-west-1");
    }

    @Test
    void theApiScalesWhereItIsTo() {
        var api = read(with(appPlatform(), "apiInstanceSize", "apps-d-1vcpu-1gb", "apiMaxInstanceCount", "6"))
                .appPlatform()
                .orElseThrow()
                .api();

        assertThat(api.maxCount()).isEqualTo(OptionalInt.of(6));
        assertThat(api.count()).isEqualTo(2);
    }

    @Test
    void theAppsNameIsShort() {
        assertThat(StackConfigReader.read("a".repeat(21), appPlatform(), APP_PLATFORM_SECRETS, false)
                        .prefix())
                .hasSize(32);
        assertThatThrownBy(() -> StackConfigReader.read("a".repeat(22), appPlatform(), APP_PLATFORM_SECRETS, false))
                .hasMessageContaining("at most 21 characters");
    }

    @Test
    void warnsInAPreviewOfKeysThatAnUpRefuses() {
        var config = StackConfigReader.read(
                "t1", with(appPlatform(), "s3AccessKey", "", "s3SecretKey", ""), APP_PLATFORM_SECRETS, true);

        assertThat(config.warnings())
                .singleElement()
                .asString()
                .contains("`pulumi up` will refuse", "https://fra1.digitaloceanspaces.com");
    }

    @ParameterizedTest
    @CsvSource({
        "redis:7.4-alpine, DOCKER_HUB, library, redis, 7.4-alpine",
        "redis, DOCKER_HUB, library, redis,",
        "edoburu/pgbouncer:v1.25.2-p0, DOCKER_HUB, edoburu, pgbouncer, v1.25.2-p0",
        "docker.io/acme/api:1, DOCKER_HUB, acme, api, 1",
        "ghcr.io/acme/tools/api:1, GHCR, acme, tools/api, 1",
        "registry.digitalocean.com/acme/api:1, DOCR, , api, 1"
    })
    void namesAnImageAsThePlatformDoes(String reference, String type, String registry, String repository, String tag) {
        assertThat(AppImage.parse(reference))
                .contains(new AppImage(
                        type, Optional.ofNullable(registry), repository, Optional.ofNullable(tag), Optional.empty()));
    }

    /** It takes one or the other. */
    @Test
    void aDigestStandsWithoutATag() {
        var digest = "sha256:" + "0123456789abcdef".repeat(4);

        assertThat(AppImage.parse("ghcr.io/acme/api:1@" + digest))
                .contains(new AppImage("GHCR", Optional.of("acme"), "api", Optional.empty(), Optional.of(digest)));
    }

    private static StackConfig read(Map<String, String> values) {
        return StackConfigReader.read("t1", values, APP_PLATFORM_SECRETS, false);
    }
}
