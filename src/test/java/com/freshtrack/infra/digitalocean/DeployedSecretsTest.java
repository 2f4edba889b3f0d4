package com.freshtrack.infra.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.AppPlatformServices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class DeployedSecretsTest {
    @Test
    void areWhatTheAppInTheStateSays() {
        var variable = Map.of("key", DeployedSecrets.VARIABLE, "scope", "RUN_TIME", "value", "abc");
        var other = Map.of("key", "OTHER", "value", "x");

        assertThat(DeployedSecrets.in(Map.of(
                        "urn:1",
                        Map.of("type", "pulumi:pulumi:Stack", "outputs", Map.of()),
                        "urn:2",
                        app(Map.of("envs", List.of(other, variable))))))
                .contains("abc");
        assertThat(DeployedSecrets.in(Map.of())).isEmpty();
        assertThat(DeployedSecrets.in(Map.of("urn:2", app(Map.of("name", "x")))))
                .isEmpty();
    }

    private static Map<String, Object> app(Map<String, Object> spec) {
        return Map.of("type", "digitalocean:index/app:App", "outputs", Map.of("spec", spec));
    }

    /** Whatever is ignored while the fingerprint stays must be part of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apiSecrets | {\"TTN_WEBHOOK_KEY\":\"another\"}",
                "apiSecrets | {\"OTHER_KEY\":\"hunter2-webhook\"}",
                "s3AccessKey | another",
                "s3SecretKey | another",
                "redisPassword | another-password-of-redis",
                "registryCredentials | acme:another",
                "apiEnv | {\"LOG_LEVEL\":\"debug\"}",
                "alarmEmail | other@acme.io",
                "apiPoolMax | 5",
                "s3Bucket | another"
            })
    void changeWithEverythingThatIsIgnored(String key, String value) {
        assertThat(fingerprint(AppStacks.prod(key, value))).isNotEqualTo(fingerprint(AppStacks.prod()));
    }

    @ParameterizedTest
    @CsvSource({"apiInstanceCount, 3", "defaultPoolSize, 10", "domain, other.acme.io"})
    void stayWithTheRest(String key, String value) {
        assertThat(fingerprint(AppStacks.prod(key, value))).isEqualTo(fingerprint(AppStacks.prod()));
    }

    @Test
    void theirPathsAreThoseOfTheComponentsThatHoldThem() {
        var components = components(AppStacks.prod());

        assertThat(components.ignoredChanges(AppStacks.prod(), Optional.of(fingerprint(AppStacks.prod()))))
                .containsExactly(
                        "spec.services[0].envs",
                        "spec.services[1].envs",
                        "spec.jobs[0].envs",
                        "spec.services[0].image.registryCredentials",
                        "spec.jobs[0].image.registryCredentials",
                        "spec.alerts",
                        "spec.services[0].alerts",
                        "spec.services[1].alerts");
        assertThat(List.of(components.api(), components.redis(), components.migrate()))
                .allMatch(AppComponent::holdsSecrets);
        assertThat(components.roles().holdsSecrets()).isFalse();
    }

    @Test
    void areComparedWhereTheyAreOthersOrNoneIsKnown() {
        var wanted = AppStacks.prod("s3SecretKey", "another");

        assertThat(components(wanted).ignoredChanges(wanted, Optional.of(fingerprint(AppStacks.prod()))))
                .isEmpty();
        assertThat(components(wanted).ignoredChanges(wanted, Optional.empty())).isEmpty();
    }

    private static String fingerprint(StackConfig config) {
        return components(config).fingerprint(config);
    }

    private static AppComponents components(StackConfig config) {
        return AppComponents.of(AppPlatformServices.of(config, ManagedPostgres.poolName(config)));
    }
}
