package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of a production stack on a Droplet; the Droplet is a stand-in. */
class DropletTest extends SimulatedProduction {
    private static final Duration LIMIT = Duration.ofMinutes(1);

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

    @Test
    void keysAreMadeOnceAndKept() {
        stack().unset("hostKey");
        try {
            var made = typed("setup", "keys");
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
        var doctor = typed("doctor");

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

    /** A script of the stack's own copy, with the stack as its last argument. */
    private Shell.Result typed(String script, String... arguments) {
        var command = new ArrayList<>(
                List.of(stack().directory().resolve("scripts/" + script).toString()));
        command.addAll(List.of(arguments));
        command.add("prod");
        return stack().run(LIMIT, command.toArray(String[]::new));
    }

    @Test
    void aVolumeThatShrinksIsRefused() {
        stack().set("dataVolumeGiB", "10");
        try {
            assertThat(stack().preview().mustFail().output()).contains("can only grow: got 10; allowed is 20 or more");
        } finally {
            stack().restore();
        }
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
                    size-down | dropletSize=s-2vcpu-4gb observability=false alertEmailTo= alertEmailFrom= alertSmtpHost=
                    domain    | domain=app.example.com
                    pool-size | defaultPoolSize=20
                    """)
    void oneChange(String name, String settings) {
        change(name, settings);
    }
}
