package com.freshtrack.dev.plugins.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class UploadArchiveTest {

    @Test
    void ownerModeAndContentAreTheProviders() throws Exception {
        String longPath = "/a".repeat(90) + "/file";
        List<Inputs> uploads = List.of(
                upload(Map.of("file", "/plain", "content", "ä\n")),
                upload(Map.of("file", "/run", "contentBase64", "AAE=", "executable", true)),
                upload(Map.of("file", longPath, "content", "x", "permissions", "0444")));

        List<String> seen = new ArrayList<>();
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(UploadArchive.of(uploads)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                byte[] content = tar.readAllBytes();
                seen.add(entry.getName() + " " + Integer.toOctalString(entry.getMode() & 07777) + " "
                        + entry.getLongUserId() + ":" + entry.getLongGroupId() + " "
                        + new String(content, StandardCharsets.UTF_8).length());
            }
        }

        assertThat(seen).containsExactly("plain 644 0:0 2", "run 744 0:0 2", longPath.substring(1) + " 444 0:0 1");
    }

    private static Inputs upload(Map<String, Object> values) {
        return new Inputs(values);
    }
}
