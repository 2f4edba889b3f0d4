package com.freshtrack.infra.vm;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.compose.Bundles;
import com.freshtrack.infra.services.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeHostTest {
    private static final String REMOTE = "command:remote:Command";
    private static final String LOCAL = "command:local:Command";
    private static final String DEPLOY = "freshtrack-host-deploy";
    private static final String SECRETS = "freshtrack-host-secrets";

    private Recorded host;

    @BeforeAll
    void record() {
        host = recorded("root", "dnsReady", "true");
    }

    private static Recorded recorded(String user, String... changes) {
        var config = Bundles.config(changes);
        return ComposeHosts.of(config, Bundles.of(config), user, name -> Bundles.SENTINEL + "-" + name);
    }

    @Test
    void firstTheMachineThenFilesAndSecretsThenTheDeployAndTheVerdictLast() {
        var names = host.all().stream()
                .map(Recorded.Asked::name)
                .filter(Predicate.not("freshtrack-host"::equals))
                .toList();

        assertThat(names.subList(0, 2)).containsExactly("freshtrack-host-answering", "freshtrack-host-prepared");
        assertThat(names.subList(2, names.size() - 2))
                .hasSize(Bundles.of(Bundles.config()).files().size() + 1)
                .allMatch(name -> name.startsWith("freshtrack-host-file-") || name.equals(SECRETS));
        assertThat(names.subList(names.size() - 2, names.size())).containsExactly(DEPLOY, "freshtrack-host-verdict");
        assertThat(host.one(LOCAL, "freshtrack-host-verdict").input("environment"))
                .contains("URL=https://freshtrack.acme.io/ready", "AUTHORITY=public");
    }

    @Test
    void whileDnsIsNotReadyThereIsNoVerdict() {
        assertThat(recorded("root", "dnsReady", "false").ofType(LOCAL))
                .extracting(Recorded.Asked::name)
                .containsExactly("freshtrack-host-answering");
    }

    @Test
    void everythingBelongsToTheComponent() {
        assertThat(host.urns())
                .filteredOn(urn -> urn.contains("command:"))
                .hasSizeGreaterThan(30)
                .allMatch(urn -> urn.contains(ComposeHost.TYPE + "$command:"));
    }

    @Test
    void everyConnectionPinsTheHostKey() {
        assertThat(host.ofType(REMOTE)).isNotEmpty().allSatisfy(command -> assertThat(
                        command.inputs().get("connection"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsAllEntriesOf(Map.of(
                        "host",
                        "203.0.113.7",
                        "hostKey",
                        ComposeHosts.HOST_KEY,
                        "port",
                        22.0,
                        "privateKey",
                        ComposeHosts.PRIVATE_KEY,
                        "user",
                        "root")));
        assertThat(host.one(LOCAL, "freshtrack-host-answering").input("environment"))
                .contains("HOST=203.0.113.7", "HOST_KEY=" + ComposeHosts.HOST_KEY);
    }

    /** Its address and its keys are those of the one before it. */
    @Test
    void anotherMachineIsToldEverythingAgain() {
        assertThat(host.all())
                .filteredOn(asked -> asked.type().startsWith("command:"))
                .hasSizeGreaterThan(30)
                .allSatisfy(command ->
                        assertThat(command.inputs()).containsEntry("triggers", List.of(ComposeHosts.MACHINE)));
    }

    @Test
    void secretsTravelByStandardInputOfOneCommandAlone() {
        for (var command : host.all()) {
            command.inputs().forEach((property, value) -> {
                if (!property.equals("connection") && !(command.name().equals(SECRETS) && property.equals("stdin"))) {
                    assertThat(String.valueOf(value))
                            .as(command.name() + " " + property)
                            .doesNotContain(Bundles.SENTINEL);
                }
            });
        }
        assertThat(host.one(REMOTE, DEPLOY).inputs()).containsEntry("logging", "none");
    }

    /** The times that they say are for the deploy; forty of them would hide what a reader of the log looks for. */
    @Test
    void whatBringsSomethingSaysNothingInTheLogUnlessItFails() {
        assertThat(host.ofType(REMOTE))
                .filteredOn(ComposeHostTest::brings)
                .hasSizeGreaterThan(30)
                .allSatisfy(command -> assertThat(command.inputs()).containsEntry("logging", "stderr"));
    }

    @Test
    void theDeployGetsEachFileWithItsSecretsInPlace() {
        var lines = host.one(REMOTE, SECRETS).input("stdin").lines().toList();

        assertThat(lines)
                .isSorted()
                .hasSize(Bundles.of(Bundles.config()).secretFiles().size());
        assertThat(text(lines.stream()
                        .filter(line -> line.startsWith("api-b redis_password "))
                        .findFirst()
                        .orElseThrow()))
                .isEqualTo(Bundles.SENTINEL + "-redis_password");
        assertThat(lines.stream().filter(line -> line.startsWith("deploy roles.sql ")))
                .singleElement()
                .satisfies(line -> assertThat(text(line))
                        .contains("PASSWORD '" + Bundles.SENTINEL + "-app_database_password'")
                        .doesNotContain("${"));
    }

    private static String text(String line) {
        return new String(Base64.getDecoder().decode(line.split(" ")[2]), StandardCharsets.UTF_8);
    }

    /** Or what is deployed would not be what was copied, and a changed file alone would change nothing. */
    @Test
    void theDeployNamesTheListOfFilesThatItWasMadeFor() {
        assertThat(host.one(REMOTE, DEPLOY).input("create"))
                .startsWith("/opt/freshtrack/sample/host/deploy "
                        + Bundles.of(Bundles.config("dnsReady", "true")).fingerprint() + " # ");
    }

    /** Or another secret alone would be brought, and a preview would say no more than that. */
    @Test
    void theDeployIsToldWhichSecretsItWasMadeFor() {
        assertThat(host.one(REMOTE, DEPLOY).input("stdin"))
                .isEqualTo(Fingerprint.sha256(host.one(REMOTE, SECRETS).input("stdin")));
    }

    /** Or a deploy that failed after its release had begun to serve could not be taken back: the engine remembers the one before it. */
    @Test
    void theDeployRunsAgainWhereAFileOrASecretWasBroughtAgain() {
        var brought =
                host.ofType(REMOTE).stream().filter(ComposeHostTest::brings).toList();
        var said = brought.stream()
                .map(command -> command.name() + " said")
                .sorted()
                .collect(Collectors.joining("\n"));

        assertThat(brought).extracting(Recorded.Asked::name).contains("freshtrack-host-file-compose.yaml", SECRETS);
        assertThat(host.one(REMOTE, DEPLOY).input("create")).endsWith(" # of what was brought " + Fingerprint.of(said));
        assertThat(brought)
                .allSatisfy(command -> assertThat(command.input("create")).endsWith("; date +%s%N"));
    }

    private static boolean brings(Recorded.Asked command) {
        return command.name().startsWith("freshtrack-host-file-")
                || command.name().equals(SECRETS);
    }

    @Test
    void whoIsNotRootBecomesIt() {
        assertThat(recorded("ubuntu").ofType(REMOTE))
                .allSatisfy(command -> assertThat(command.input("create")).startsWith("sudo -n sh -c '"));
    }
}
