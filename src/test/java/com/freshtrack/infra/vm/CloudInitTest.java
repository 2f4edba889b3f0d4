package com.freshtrack.infra.vm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.freshtrack.infra.services.ProductFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CloudInitTest {
    /** In bytes. */
    private static final int DIGITALOCEAN_MOST = 64 * 1024;

    private final String text = CloudInit.render(
            "-----BEGIN\nkey\n", "ssh-ed25519 AAAA", "freshtrack-data", ProductFiles.read(Path.of("")));

    @Test
    void isYamlThatSaysWhatToDo() throws IOException {
        assertThat(text).startsWith("#cloud-config\n");
        JsonNode document = new YAMLMapper().readTree(text);

        assertThat(document.at("/ssh_keys/ed25519_private").asText()).isEqualTo("-----BEGIN\nkey\n");
        assertThat(document.at("/ssh_keys/ed25519_public").asText()).isEqualTo("ssh-ed25519 AAAA");
        assertThat(document.at("/ssh_deletekeys").asBoolean()).isTrue();
        assertThat(document.at("/runcmd/0"))
                .extracting(JsonNode::asText)
                .containsExactly("/bin/bash", document.at("/write_files/0/path").asText(), "freshtrack-data");
        assertThat(document.at("/write_files/0/content").asText())
                .isEqualTo(Files.readString(Path.of("host/first-boot")));
        assertThat(document.at("/write_files/1/content").asText()).isEqualTo(Files.readString(Path.of("host/prepare")));
        assertThat(document.at("/write_files/1/permissions").asText()).isEqualTo("0755");
    }

    /** Whatever keys an update of sshd makes, it shows the one that deploys know. */
    @Test
    void theHostKeyStaysTheOnlyOne() throws IOException {
        JsonNode file = new YAMLMapper().readTree(text).at("/write_files/2");

        assertThat(file.at("/path").asText()).isEqualTo("/etc/ssh/sshd_config.d/01-hostkey.conf");
        assertThat(file.at("/content").asText()).isEqualTo("HostKey /etc/ssh/ssh_host_ed25519_key\n");
        assertThat(file.at("/permissions").asText()).isEqualTo("0644");
    }

    @Test
    void ofABareCloudLetsDeploysInAndNamesTheDisk() throws IOException {
        var bare = CloudInit.render(
                "-----BEGIN\nkey\n",
                "ssh-ed25519 AAAA",
                "ssh-ed25519 BBBB",
                "freshtrack-data",
                "/dev/disk/by-id/one",
                ProductFiles.read(Path.of("")));
        JsonNode document = new YAMLMapper().readTree(bare);

        assertThat(document.at("/ssh_authorized_keys"))
                .extracting(JsonNode::asText)
                .containsExactly("ssh-ed25519 BBBB");
        assertThat(document.at("/disable_root").asBoolean(true)).isFalse();
        assertThat(document.at("/runcmd/0"))
                .extracting(JsonNode::asText)
                .endsWith("freshtrack-data", "/dev/disk/by-id/one");
    }

    @Test
    void fitsIntoWhatDigitalOceanTakes() {
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(DIGITALOCEAN_MOST);
    }
}
