package com.freshtrack.infra.vm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.infra.services.ProductFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Renders what a new virtual machine is told at its first boot: https://cloudinit.readthedocs.io/en/22.4.2/reference/modules.html .
 * Written as JSON, which is YAML too.
 */
public final class CloudInit {
    /**
     * Security updates of openssh-server make the keys of other types that are missing, and Go's client asks for those first
     * (golang.org/x/crypto/ssh): it would see another key than the one that it knows.
     */
    private static final Map<String, Object> ONE_HOST_KEY =
            file("/etc/ssh/sshd_config.d/01-hostkey.conf", "HostKey /etc/ssh/ssh_host_ed25519_key\n", "0644");

    private static final String FOLDER = "/usr/local/lib/freshtrack/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudInit() {}

    /**
     * The user data; secret, because the host key is in it. Containers can't read it, as they don't reach the metadata service.
     *
     * @param hostPublicKey {@code ssh-ed25519 AAAA…}
     * @param volumeLabel the label of the file system that Docker's volumes go to
     */
    public static String render(String hostPrivateKey, String hostPublicKey, String volumeLabel, ProductFiles files) {
        return text(document(hostPrivateKey, hostPublicKey, List.of(volumeLabel), files));
    }

    /**
     * The same for a cloud that gives {@code root} no key, and a volume without a file system.
     *
     * @param deployPublicKey who may log in as {@code root}
     * @param disk the device that the volume appears as; what is blank there gets a file system with the label
     */
    public static String render(
            String hostPrivateKey,
            String hostPublicKey,
            String deployPublicKey,
            String volumeLabel,
            String disk,
            ProductFiles files) {
        var document = document(hostPrivateKey, hostPublicKey, List.of(volumeLabel, disk), files);
        document.put("disable_root", false);
        document.put("ssh_authorized_keys", List.of(deployPublicKey));
        return text(document);
    }

    /** Compressed and in base64, where a cloud takes less than the text is long; cloud-init unpacks it. */
    public static String packed(String userData) {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(userData.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written to", e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static Map<String, Object> document(
            String hostPrivateKey, String hostPublicKey, List<String> volume, ProductFiles files) {
        var document = new TreeMap<String, Object>();
        document.put("ssh_deletekeys", true);
        document.put(
                "ssh_keys", new TreeMap<>(Map.of("ed25519_private", hostPrivateKey, "ed25519_public", hostPublicKey)));
        document.put("write_files", List.of(script("first-boot", files), script("prepare", files), ONE_HOST_KEY));
        document.put(
                "runcmd",
                List.of(Stream.concat(Stream.of("/bin/bash", FOLDER + "first-boot"), volume.stream())
                        .toList()));
        return document;
    }

    private static String text(Map<String, Object> document) {
        try {
            return "#cloud-config\n" + JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            // The exception would quote the document, and with it the key.
            throw new IllegalStateException("the user data can't be written as JSON");
        }
    }

    private static Map<String, Object> script(String name, ProductFiles files) {
        return file(FOLDER + name, files.text("host/" + name), "0755");
    }

    private static Map<String, Object> file(String path, String content, String permissions) {
        return new TreeMap<>(Map.of("content", content, "path", path, "permissions", permissions));
    }
}
