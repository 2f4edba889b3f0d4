package com.freshtrack.infra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class BundleTest {
    private static final Bundle BUNDLE = Bundles.of(Bundles.config());

    /** Where every file goes, who reads those with secrets, and what the deploy is told. */
    @Test
    void theWholeBundle() {
        var files = BUNDLE.files().entrySet().stream()
                .map(file -> file.getKey() + " " + file.getValue().permissions() + " "
                        // What is in a file is a matter of other goldens.
                        + file.getValue().path().replaceAll("/[0-9a-f]{16}/", "/HASH/") + "\n")
                .collect(Collectors.joining());
        var secrets = BUNDLE.secretFiles().stream()
                .map(secret -> secret.reader() + " " + secret.name() + " "
                        + secret.file().secrets() + "\n")
                .collect(Collectors.joining());
        Golden.assertMatches(
                "compose/bundle.txt",
                files + "\n" + secrets + "\n"
                        + BUNDLE.files()
                                .get("deploy.conf")
                                .text()
                                .replaceAll("MIGRATION='[0-9a-f]{16}'", "MIGRATION='HASH'"));
    }

    @Test
    void noValueOfASecretIsInIt() {
        assertThat(BUNDLE.toString()).doesNotContain(Bundles.SENTINEL);
    }

    /** What runs keeps its file; what is made anew gets the other one. */
    @Test
    void aChangedTextIsAnotherPathOfTheSameFile() {
        var changed = Bundles.of(Bundles.config("domain", "other.acme.io"));
        var name = "prometheus/etc/prometheus/prometheus.yml";

        assertThat(changed.files().get(name).path())
                .isNotEqualTo(BUNDLE.files().get(name).path());
        assertThat(changed.files().keySet()).isEqualTo(BUNDLE.files().keySet());
        assertThat(changed.fingerprint()).isNotEqualTo(BUNDLE.fingerprint());
    }

    @Test
    void theListNamesEveryOtherFileAndNothingElse() {
        var listed = BUNDLE.files().get("MANIFEST").text().lines().map(line -> line.substring(66));

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(BUNDLE.files().values().stream()
                        .map(Bundle.File::path)
                        .filter(path -> !path.equals("incoming/MANIFEST"))
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource({"ghcr.io, ghcr.io", "docker.io, https://index.docker.io/v1/"})
    void theLoginAtARegistryStandsWhereDockerLooksForIt(String registry, String keptUnder) {
        var bundle =
                Bundles.of(Bundles.droplet("privateRegistry", registry, "registryLogin", "ops:" + Bundles.SENTINEL));

        assertThat(bundle.secretFiles())
                .filteredOn(secret -> secret.name().equals("config.json"))
                .singleElement()
                .satisfies(secret -> assertThat(secret.reader()).isEqualTo("deploy"))
                .satisfies(secret -> assertThat(secret.file().render(Map.of("registry_auth", "b3Bz")))
                        .isEqualTo("{\"auths\":{\"%s\":{\"auth\":\"b3Bz\"}}}\n".formatted(keptUnder)));
        assertThat(bundle.toString()).doesNotContain(Bundles.SENTINEL);
    }

    @Test
    void migrationsRunOnceForAnImageAndACommand() {
        assertThat(migration()).isEqualTo(migration("apiReadyTimeoutSeconds", "90"));
        assertThat(migration("apiImage", "registry.example.com/freshtrack/api@sha256:" + "f".repeat(64)))
                .isNotEqualTo(migration());
        assertThat(migration("migrateCommand", "[\"node\",\"other.js\"]")).isNotEqualTo(migration());
    }

    private static String migration(String... changes) {
        return Bundles.of(Bundles.config(changes))
                .files()
                .get("deploy.conf")
                .text()
                .lines()
                .filter(line -> line.startsWith("MIGRATION="))
                .findFirst()
                .orElseThrow();
    }
}
