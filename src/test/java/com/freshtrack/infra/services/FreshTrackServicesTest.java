package com.freshtrack.infra.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.infra.Golden;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Network;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FreshTrackServicesTest {
    private static final String API = "registry.example.com/freshtrack/api@sha256:" + "a".repeat(64);

    private static StackConfig config(Map<String, String> more) {
        var values = new HashMap<>(Map.of("freshtrack:environment", "dev", "freshtrack:apiImage", API));
        values.putAll(more);
        return StackConfigReader.read("sample", values, Set.of("freshtrack:apiSecrets"), false);
    }

    private static FreshTrackServices services(StackConfig config) {
        return FreshTrackServices.of(config, ProductFiles.read(Path.of("")));
    }

    private static FreshTrackServices services() {
        return services(config(Map.of("freshtrack:apiSecrets", "{\"JWT_SECRET\":\"not-to-be-seen\"}")));
    }

    @Test
    void theWholeCatalogue() {
        Golden.assertMatches(
                "services/catalogue.txt",
                services().all().stream()
                        .map(spec -> CatalogueText.of(spec, ProductFiles.read(Path.of(""))))
                        .collect(Collectors.joining("\n")));
    }

    @Test
    void onlyTheFrontDoorPublishesPorts() {
        assertThat(services().all())
                .filteredOn(spec -> !spec.ports().isEmpty())
                .extracting(ServiceSpec::name)
                .containsExactly("caddy");
        assertThat(services().frontDoor().ports())
                .extracting(port -> port.internal() + "/" + port.protocol())
                .containsExactly("80/tcp", "443/tcp", "443/udp");
    }

    @Test
    void whatKeepsDataHasNoWayOut() {
        assertThat(services().all())
                .filteredOn(spec -> spec.networks().contains(Network.EDGE))
                .extracting(ServiceSpec::name)
                .containsExactly("api-a", "api-b", "caddy");
    }

    @Test
    void theApiGoesThroughItsOwnPoolerAndTheMigrationsGoPastIt() {
        for (var unit : services().units()) {
            assertThat(startScript(unit.api()))
                    .contains("@pgbouncer-" + unit.name() + ":6432/frostguard\"")
                    .doesNotContain(":5432");
        }
        assertThat(startScript(services().migrations()))
                .contains("DIRECT_DATABASE_URL=\"postgresql://frostguard_migrator:")
                .contains("@postgres:5432/frostguard\"")
                .doesNotContain("\nDATABASE_URL=");
    }

    @Test
    void secretsAreNamedAndNeverHeld() {
        assertThat(services().all().toString()).doesNotContain("not-to-be-seen").contains("${secret:JWT_SECRET}");
    }

    @Test
    void everyPermanentServiceHasAHealthCheckAndAGracePeriod() {
        assertThat(services().all())
                .filteredOn(spec -> spec.lifecycle() == Lifecycle.PERMANENT)
                .allSatisfy(spec -> {
                    assertThat(spec.healthCheck()).isPresent();
                    assertThat(spec.process().stopGraceSeconds()).isBetween(10, 120);
                });
    }

    @Test
    void thePoolerIsAskedAndStoppedAsPgBouncerWantsIt() {
        var pooler = services().units().get(0).pooler().orElseThrow();
        var check = pooler.healthCheck().orElseThrow();
        assertThat(String.join(" ", check.command())).isEqualTo("pg_isready -h localhost -p 6432 -U frostguard");
        assertThat(check.intervalSeconds()).isEqualTo(5);
        assertThat(check.timeoutSeconds()).isEqualTo(5);
        assertThat(check.retries()).isEqualTo(5);
        assertThat(pooler.process().stopSignal()).isEqualTo("SIGINT");
    }

    @Test
    void postgresAllowsWhatThePolicyCountedOn() {
        var config = config(Map.of("freshtrack:maxConnections", "90"));
        assertThat(config.pools().maxConnections()).isEqualTo(90);
        assertThat(services(config).postgres().orElseThrow().process().command())
                .contains("max_connections=90");
    }

    @Test
    void anotherVolumeLeavesTheOldOneAlone() {
        var postgres = services(config(Map.of("freshtrack:postgresVolume", "postgres-16")))
                .postgres()
                .orElseThrow();
        assertThat(postgres.volumeNames()).containsExactly("postgres-16");
    }

    @Test
    void memoryAtPeakIsTheSumOfWhatRuns() {
        var config = config(Map.of());
        var services = services(config);
        var running = services.all().stream()
                .mapToInt(spec -> spec.resources().memoryMiB())
                .sum();
        var validation = services.frontDoor().resources().memoryMiB();
        assertThat(running + validation).isEqualTo(config.resources().peakMemoryMiB());
    }

    @Test
    void certificatesComeFromWhereTheDomainAllows() {
        assertThat(certificates(Map.of())).containsEntry("FRESHTRACK_TLS", "internal");
        var publicDomain = Map.of("freshtrack:domain", "fresh.example.com", "freshtrack:tlsEmail", "ops@example.com");
        assertThat(certificates(publicDomain))
                .containsEntry("FRESHTRACK_TLS", "ops@example.com")
                .containsEntry("FRESHTRACK_ACME_CA", "https://acme-v02.api.letsencrypt.org/directory");
        var waiting = new HashMap<>(publicDomain);
        waiting.put("freshtrack:dnsReady", "false");
        assertThat(certificates(waiting)).containsEntry("FRESHTRACK_TLS", "internal");
    }

    @Test
    void aSecretWithoutAValueIsNamed() {
        assertThatThrownBy(() -> FileSpec.secret("redis_password").render(Map.of()))
                .hasMessage("no value for the secret redis_password in /run/secrets/redis_password");
    }

    private static Map<String, String> certificates(Map<String, String> more) {
        return services(config(more)).frontDoor().process().environment();
    }

    private static String startScript(ServiceSpec spec) {
        return spec.files().stream()
                .filter(file -> file.path().equals("/freshtrack/run"))
                .findFirst()
                .orElseThrow()
                .template();
    }
}
