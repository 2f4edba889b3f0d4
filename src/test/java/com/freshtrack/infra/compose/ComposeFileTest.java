package com.freshtrack.infra.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.freshtrack.infra.Golden;
import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.ServiceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ComposeFileTest {
    private static final List<ServiceSpec> SPECS =
            Bundles.services(Bundles.config()).all();
    private static final String TEXT = ComposeFile.render("freshtrack-sample", SPECS);

    private static JsonNode read(String text) throws Exception {
        return new ObjectMapper(new YAMLFactory()).readTree(text);
    }

    @Test
    void theWholeFile() {
        // What is in a file is a matter of other goldens.
        Golden.assertMatches("compose/compose.yaml", TEXT.replaceAll("/[0-9a-f]{16}/", "/HASH/"));
    }

    @Test
    void theOrderOfTheServicesChangesNothing() {
        var backwards = new ArrayList<>(SPECS);
        java.util.Collections.reverse(backwards);

        assertThat(ComposeFile.render("freshtrack-sample", backwards)).isEqualTo(TEXT);
    }

    @Test
    void theNetworksThatHaveNoWayOutAreInternal() throws Exception {
        var networks = read(TEXT).get("networks");

        assertThat(networks.get("data").get("internal").asBoolean()).isTrue();
        assertThat(networks.get("monitoring").get("internal").asBoolean()).isTrue();
        assertThat(networks.get("edge").get("internal").asBoolean()).isFalse();
    }

    @Test
    void whatNobodyMayHaveNobodyGets() throws Exception {
        for (var service : read(TEXT).get("services")) {
            assertThat(service.get("cap_drop").toString()).isEqualTo("[\"ALL\"]");
            assertThat(service.get("security_opt").toString()).isEqualTo("[\"no-new-privileges:true\"]");
            assertThat(service.get("memswap_limit")).isEqualTo(service.get("mem_limit"));
            assertThat(service.get("logging").get("options").get("max-size").asText())
                    .isEqualTo("10m");
        }
    }

    /** Compose takes a dollar for the beginning of a variable, and a variable that isn't there for nothing. */
    @Test
    void dollarsAreDoubledEverywhereButInVersionsOfSecrets() {
        assertThat(TEXT).contains("$$5 or $${FIVE}", "REDISCLI_AUTH=$$(cat /run/secrets/redis_password)");
        assertThat(TEXT.replace("$$", "").replaceAll("\\$\\{SECRETS_[A-Z_]+:\\?}", ""))
                .doesNotContain("$");
    }

    @Test
    void everyReaderOfASecretHasACopyOfItsOwn() throws Exception {
        var document = read(TEXT);
        var files = new ArrayList<String>();
        document.get("secrets").forEach(secret -> files.add(secret.get("file").asText()));

        assertThat(files)
                .doesNotHaveDuplicates()
                .contains(
                        "./secrets/api-a.${SECRETS_API_A:?}/redis_password",
                        "./secrets/api-b.${SECRETS_API_B:?}/redis_password",
                        "./secrets/redis.${SECRETS_REDIS:?}/redis.conf");
        for (var spec : SPECS) {
            var label = document.at("/services/" + spec.name() + "/labels/com.freshtrack.secrets");
            assertThat(label.isMissingNode())
                    .as("no version of the secrets of " + spec.name())
                    .isEqualTo(
                            document.at("/services/" + spec.name() + "/secrets").isMissingNode());
        }
        assertThat(TEXT).doesNotContain(Bundles.SENTINEL, "${secret:");
    }

    @Test
    void onlyTheFrontDoorIsPublished() throws Exception {
        var services = read(TEXT).get("services");

        assertThat(StreamSupport.stream(services.spliterator(), false).filter(service -> service.has("ports")))
                .singleElement()
                .isEqualTo(services.get("caddy"));
    }

    @Test
    void whatHasAVolumeDoesNotStartWithoutTheBlockVolume() throws Exception {
        var sign = "/var/lib/docker/volumes/.freshtrack";
        assertThat(Files.readString(Path.of("host/first-boot")))
                .contains("volumes=/var/lib/docker/volumes\n", "$data/volumes/.freshtrack");
        for (var service : read(TEXT).get("services")) {
            var mounts = StreamSupport.stream(service.path("volumes").spliterator(), false)
                    .toList();
            assertThat(mounts.stream()
                            .filter(mount -> mount.get("source").asText().equals(sign))
                            .map(mount -> mount.at("/bind/create_host_path").asBoolean(true)))
                    .as(service.get("container_name").asText())
                    .isEqualTo(
                            mounts.stream()
                                            .anyMatch(mount ->
                                                    mount.get("type").asText().equals("volume"))
                                    ? List.of(false)
                                    : List.of());
        }
        assertThat(read(TEXT).at("/services/postgres/volumes").findValuesAsText("source"))
                .contains(sign);
    }

    @Test
    void twoFilesOfOneReaderCanNotHaveOneName() {
        var spec = SPECS.get(0);
        var twice = new ServiceSpec(
                spec.name(),
                spec.lifecycle(),
                spec.image(),
                spec.process(),
                List.of(FileSpec.secret("one"), FileSpec.text("/etc/one", FileSpec.placeholder("one"))),
                spec.ports(),
                spec.networks(),
                spec.mounts(),
                spec.healthCheck(),
                spec.resources(),
                spec.isolation());

        assertThatThrownBy(() -> ComposeFile.render("freshtrack-sample", List.of(twice)))
                .hasMessageContaining("postgres has two files with secrets that are called one");
    }
}
