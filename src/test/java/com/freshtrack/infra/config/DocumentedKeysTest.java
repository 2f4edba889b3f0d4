package com.freshtrack.infra.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The catalogue of keys, {@code Pulumi.yaml} and the README say the same; {@code -Dgolden.update=true} makes them. */
@Tag("unit")
class DocumentedKeysTest {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final Path PROJECT = Path.of("Pulumi.yaml");
    private static final Path README = Path.of("README.md");

    @Test
    void pulumiYamlDeclaresEveryKeyWithItsDescriptionAndDefault() throws IOException {
        if (UPDATE) {
            replace(PROJECT, "\nconfig:\n", "", ConfigTable.yaml());
        }
        var project =
                new YAMLMapper().readValue(Files.readString(PROJECT), new TypeReference<Map<String, Object>>() {});

        var expected = new LinkedHashMap<String, Object>();
        for (var key : ConfigKey.values()) {
            expected.put(
                    key.text(), Map.of("description", ConfigTable.description(key), "default", key.defaultValue()));
        }
        assertThat(project).containsEntry("name", ConfigKey.NAMESPACE);
        assertThat(project.get("config")).isEqualTo(expected);
    }

    @Test
    void theReadmeShowsEveryKey() throws IOException {
        if (UPDATE) {
            replace(README, "<!-- config:begin -->\n", "<!-- config:end -->", ConfigTable.markdown());
        }
        assertThat(Files.readString(README))
                .as("README.md; -Dgolden.update=true writes the table")
                .contains("<!-- config:begin -->\n" + ConfigTable.markdown() + "<!-- config:end -->");
    }

    /** Replaces what stands between two markers, or from the first to the end of the file where the second is empty. */
    private static void replace(Path file, String begin, String end, String text) throws IOException {
        var old = Files.readString(file);
        int from = old.indexOf(begin);
        int to = end.isEmpty() ? old.length() : old.indexOf(end, from);
        assertThat(from >= 0 && to >= from)
                .as("%s holds %s%s", file, begin.strip(), end)
                .isTrue();
        Files.writeString(file, old.substring(0, from + begin.length()) + text + old.substring(to));
    }
}
