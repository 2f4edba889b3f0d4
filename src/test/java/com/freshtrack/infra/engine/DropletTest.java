package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of a production stack on a Droplet; the Droplet is a stand-in. */
class DropletTest extends SimulatedProduction {
    DropletTest() {
        super("do-droplet", "freshtrack-data", DropletTest::withScripts);
    }

    private static TestStack withScripts() {
        var stack = TestStack.simulatedDroplet("prod", "examples/Pulumi.do-droplet.yaml");
        Checkout.copyScripts(stack.directory());
        return stack;
    }

    /** The host key is the one secret in the user data. */
    @Test
    void printsNoSecret() {
        for (var key : new String[] {SshKeys.HOST, SshKeys.DEPLOY}) {
            assertThat(stack().transcript()).doesNotContain(key.lines().toList().get(3));
        }
    }

    /** Keys and image of a Droplet that lives stay what they were. */
    @Test
    void anotherHostKeyReplacesNoDroplet() {
        stack().setSecret("hostKey", SshKeys.DEPLOY);
        stack().setSecret("deployKey", SshKeys.HOST);
        try {
            assertThat(stack().preview().mustSucceed().changes())
                    .contains("replace freshtrack-deploy")
                    .noneMatch(change -> change.endsWith("freshtrack-droplet"));
        } finally {
            stack().restore();
        }
    }

    /** The old one must give the volume back before the new one asks for it; then everything is run on the new one. */
    @Test
    void aDropletThatIsReplacedGoesFirstAndTheNewOneIsToldEverything() {
        var droplet = first().steps().stream()
                .filter(step -> step.name().equals("freshtrack-droplet"))
                .findFirst()
                .orElseThrow();

        var steps = stack().preview("--replace", droplet.urn()).mustSucceed().steps();

        assertThat(steps)
                .filteredOn(step -> step.urn().equals(droplet.urn()))
                .extracting(Outcome.Step::operation)
                .containsExactly("delete-replaced", "replace", "create-replacement");
        assertThat(steps)
                .filteredOn(step -> step.type().startsWith("command:"))
                .hasSizeGreaterThan(100)
                .extracting(Outcome.Step::operation)
                .containsOnly("delete-replaced", "replace", "create-replacement");
        assertThat(steps)
                .filteredOn(step -> step.name().equals("freshtrack-data"))
                .extracting(Outcome.Step::operation)
                .containsOnly("same");
    }

    @Test
    void keysAreMadeOnceAndKept() {
        stack().unset("hostKey");
        try {
            var made = stack().typed("setup", "keys");
            assertThat(made.succeeded()).as(made.output()).isTrue();
            assertThat(made.output())
                    .contains("hostKey          made, encrypted", "SHA256:", "deployKey        kept")
                    .doesNotContain("PRIVATE KEY");
        } finally {
            stack().restore();
        }
    }

    @Test
    void theDoctorLooksAtTokenKeysAndPlugin() throws IOException {
        var doctor = stack().typed("doctor");

        assertThat(doctor.output())
                .contains(
                        "ok    hostKey          there, encrypted",
                        "ok    token            DigitalOcean knows it",
                        "NOTHING WILL BE CREATED at DigitalOcean")
                .endsWith("ready\n");
        assertThat(Files.readString(stack().directory().resolve("curl.calls")))
                .contains("api.digitalocean.com")
                .doesNotContain(TestStack.DIGITALOCEAN_TOKEN);
    }

    /** Or the machine would have it, and a preview would show no deploy. */
    @Test
    void anotherSecretIsDeployed() {
        stack().setSecret("minioRootPassword", "hunter2-another-one");
        try {
            var preview = stack().preview().mustSucceed();

            assertThat(preview.changes())
                    .containsExactlyInAnyOrder(
                            "delete freshtrack-minio-root-password",
                            "update freshtrack-product-deploy",
                            "update freshtrack-product-secrets");
            assertThat(preview.steps())
                    .filteredOn(step -> step.operation().equals("update"))
                    .hasSize(2)
                    .allMatch(step -> String.valueOf(step.inputs().get("stdin")).contains("ciphertext=[secret]"));
        } finally {
            stack().restore();
        }
    }

    /** The smaller Droplet is one that the product without its monitoring fits into. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    dataVolumeGiB=10 | can only grow: got 10; allowed is 20 or more
                    dropletSize=s-2vcpu-4gb observability=false alertEmailTo= alertEmailFrom= alertSmtpHost= | a disk doesn't shrink: got 80 GB; allowed is 160 GB or more
                    """)
    void whatWouldShrinkIsRefused(String settings, String reason) {
        refused(settings, reason);
    }

    @Test
    void changesOfTheMachineAndOfWhereTheDatabaseIs() {
        changes(
                new Change(
                        "managed-database",
                        "database=managed",
                        "freshtrack-(product-.*|database.*|pools|project|[a-z-]+-password)"),
                new Change("size-up", "dropletSize=s-8vcpu-16gb", "freshtrack-droplet"),
                new Change("ssh-network", "sshCidrs=198.51.100.7/32,203.0.113.0/24", "freshtrack-firewall"),
                new Change("volume-growth", "dataVolumeGiB=50", "freshtrack-(data|grow)"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    no-monitoring | observability=false alertEmailTo= alertEmailFrom= alertSmtpHost=
                    domain        | domain=app.example.com
                    pool-size     | defaultPoolSize=20
                    """)
    void oneChange(String name, String settings) {
        change(name, settings);
    }
}
