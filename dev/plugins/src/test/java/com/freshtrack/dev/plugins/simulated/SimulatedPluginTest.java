package com.freshtrack.dev.plugins.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedPluginTest {

    private static final String DROPLET = "digitalocean:index/droplet:Droplet";
    private static final String RESERVED_IP = "digitalocean:index/reservedIp:ReservedIp";

    @TempDir
    Path backend;

    private EngineSide engine;

    @BeforeEach
    void inAThrowAwayBackend() throws Exception {
        Files.createFile(backend.resolve(SimulatedPlugin.MARKER));
        engine = engine("digitalocean", "file://" + backend, DROPLET);
    }

    @Test
    void saysThatItIsSimulated() {
        engine.configure(Map.of());

        assertThat(engine.log()).singleElement().asString().startsWith("SIMULATED: digitalocean");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://api.pulumi.com", "s3://bucket", "file://~", "file:///nowhere"})
    void refusesAnyOtherState(String url) {
        assertThatThrownBy(() -> engine("digitalocean", url, DROPLET).configure(Map.of()))
                .hasMessageContaining("PULUMI_BACKEND_URL=")
                .hasMessageContaining(SimulatedPlugin.MARKER)
                .hasMessageContaining("pulumi plugin install");
    }

    @Test
    void refusesAFileBackendWithoutItsMark() throws Exception {
        Files.delete(backend.resolve(SimulatedPlugin.MARKER));

        assertThatThrownBy(() -> engine.configure(Map.of())).hasMessageContaining("allowed is");
    }

    @Test
    void givesReservedIpsTheAddressOfAMachineAndSaysSo() {
        EngineSide address = reservedIp("192.0.2.7");
        address.configure(Map.of());

        assertThat(address.log()).singleElement().asString().contains("but reserved IPs are 192.0.2.7", "REAL");
        assertThat(address.created(Map.of("region", "fra1"))).containsEntry("ipAddress", "192.0.2.7");
        assertThat(engine("digitalocean", "file://" + backend, RESERVED_IP).created(Map.of("region", "fra1")))
                .as("without it")
                .hasEntrySatisfying(
                        "ipAddress", made -> assertThat((String) made).startsWith("203.0.113."));
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> reservedIp("the-server").configure(Map.of()))
                .hasMessageContaining("SIMULATED_RESERVED_IP is 'the-server'; allowed is the IPv4 address");
    }

    @Test
    void previewsWithTheProvidersOwnReplaceRules() {
        Map<String, Object> olds = Map.of("image", "ubuntu-22-04-x64", "size", "s-1vcpu-1gb", "region", "fra1");

        assertThat(engine.previewed(olds)).containsEntry("ipv4Address", Unknown.VALUE);
        assertThat(engine.diff(
                                olds,
                                Map.of(),
                                Map.of("image", "ubuntu-22-04-x64", "size", "s-2vcpu-2gb", "region", "ams3"))
                        .getReplacesList())
                .containsExactly("region");
    }

    @Test
    void namesWhatHasNoNameAndKeepsIt() {
        Map<String, Object> news = Map.of("image", "i", "size", "s");

        Map<String, Object> first = engine.check(Map.of(), news);

        assertThat((String) first.get("name")).matches("d-[0-9a-f]{7}");
        assertThat(engine.check(first, news)).isEqualTo(first);
        assertThat(engine.check(first, Map.of("image", "i", "size", "s", "name", "mine")))
                .containsEntry("name", "mine");
    }

    @Test
    void awsRefusesATypeThatItHasNoFactsOf() {
        EngineSide aws = engine("aws", "file://" + backend, "aws:sqs/queue:Queue");

        assertThat(aws.problems(Map.of())).singleElement().asString().contains("aws:sqs/queue:Queue");
    }

    private EngineSide reservedIp(String address) {
        Map<String, String> environment =
                Map.of("PULUMI_BACKEND_URL", "file://" + backend, "SIMULATED_RESERVED_IP", address);
        return new EngineSide(SimulatedPlugin.of("digitalocean", environment), RESERVED_IP, "d");
    }

    private static EngineSide engine(String provider, String url, String type) {
        Map<String, String> environment = url.isEmpty() ? Map.of() : Map.of("PULUMI_BACKEND_URL", url);
        return new EngineSide(SimulatedPlugin.of(provider, environment), type, "d");
    }
}
