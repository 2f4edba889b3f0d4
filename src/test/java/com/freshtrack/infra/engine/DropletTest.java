package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import com.freshtrack.infra.SshKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A production stack on a Droplet through the real engine; what DigitalOcean does is SIMULATED, and the Droplet a stand-in. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DropletTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private TestStack stack;
    private Outcome first;

    @BeforeAll
    void make() {
        stack = TestStack.simulatedDroplet("prod", "examples/Pulumi.do-droplet.yaml");
        Checkout.copyScripts(stack.directory());
        first = stack.preview().mustSucceed();
        stack.up().mustSucceed();
    }

    @AfterAll
    void remove() {
        stack.close();
    }

    @Test
    void showsEverythingBeforeItIsMade() {
        assertThat(first.output()).contains("SIMULATED");
        Golden.assertMatches("preview/do-droplet-SIMULATED.txt", withoutProduct(PreviewText.of(first)));
    }

    @Test
    void findsNothingToDoAfterwards() {
        assertThat(stack.preview().mustSucceed().changes()).isEmpty();
    }

    /** The host key is the one secret in the user data. */
    @Test
    void printsNoSecret() {
        for (var key : new String[] {SshKeys.HOST, SshKeys.DEPLOY}) {
            assertThat(stack.transcript()).doesNotContain(key.lines().toList().get(3));
        }
    }

    /** Keys and image of a Droplet that lives stay what they were. */
    @Test
    void anotherHostKeyReplacesNoDroplet() {
        stack.setSecret("hostKey", SshKeys.DEPLOY);
        stack.setSecret("deployKey", SshKeys.HOST);
        try {
            assertThat(stack.preview().mustSucceed().changes())
                    .contains("replace freshtrack-deploy")
                    .noneMatch(change -> change.endsWith("freshtrack-droplet"));
        } finally {
            stack.setSecret("hostKey", SshKeys.HOST);
            stack.setSecret("deployKey", SshKeys.DEPLOY);
        }
    }

    /** The old one must give the volume back before the new one asks for it; then everything is run on the new one. */
    @Test
    void aDropletThatIsReplacedGoesFirstAndTheNewOneIsToldEverything() {
        var droplet = first.steps().stream()
                .filter(step -> step.name().equals("freshtrack-droplet"))
                .findFirst()
                .orElseThrow();

        var steps = stack.preview("--replace", droplet.urn()).mustSucceed().steps();

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
        stack.unset("hostKey");
        try {
            var made = typed("setup", "keys");
            assertThat(made.succeeded()).as(made.output()).isTrue();
            assertThat(made.output())
                    .contains("hostKey          made, encrypted", "SHA256:", "deployKey        kept")
                    .doesNotContain("PRIVATE KEY");
        } finally {
            stack.setSecret("hostKey", SshKeys.HOST);
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
        assertThat(Files.readString(stack.directory().resolve("curl.calls")))
                .contains("api.digitalocean.com")
                .doesNotContain(TestStack.DIGITALOCEAN_TOKEN);
    }

    /** What is brought to the Droplet has its own tests: here it is named, and not shown. */
    private static String withoutProduct(String text) {
        var lines = new ArrayList<String>();
        var shown = true;
        for (var line : text.lines().toList()) {
            if (line.matches("[a-z-]+ \\S+:\\S+ freshtrack.*")) {
                shown = !line.contains(" freshtrack-product");
                lines.add(line);
            } else if (shown) {
                lines.add(line);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** A script of the stack's own copy, with the stack as its last argument. */
    private Shell.Result typed(String script, String... arguments) {
        var command = new ArrayList<>(
                List.of(stack.directory().resolve("scripts/" + script).toString()));
        command.addAll(List.of(arguments));
        command.add("prod");
        return stack.run(LIMIT, command.toArray(String[]::new));
    }

    @Test
    void aVolumeThatShrinksIsRefused() {
        stack.set("dataVolumeGiB", "10");
        try {
            assertThat(stack.preview().mustFail().output()).contains("can only grow: got 10; allowed is 20 or more");
        } finally {
            stack.restore("dataVolumeGiB");
        }
    }

    /** Last, because what isn't protected goes. */
    @Test
    @Order(Integer.MAX_VALUE)
    void keepsWhatHoldsData() {
        assertThat(stack.destroy().mustFail().output()).contains("freshtrack-data", "protected");
    }

    /** What a reviewer sees of one change, and nothing besides. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    size-up       | dropletSize=s-8vcpu-16gb
                    no-monitoring | observability=false alertEmailTo= alertEmailFrom= alertSmtpHost=
                    volume-growth | dataVolumeGiB=50
                    ssh-network   | sshCidrs=198.51.100.7/32,203.0.113.0/24
                    second-domain | grafanaDomain=status.example.com
                    pool-size     | defaultPoolSize=20
                    """)
    void oneChange(String name, String changes) {
        var pairs = Arrays.stream(changes.split(" "))
                .map(pair -> pair.split("=", 2))
                .toList();
        pairs.forEach(pair -> stack.set(pair[0], pair[1]));
        try {
            Golden.assertMatches(
                    "preview/do-droplet-changes-SIMULATED/" + name + ".txt",
                    changes + "\n\n"
                            + withoutProduct(ChangeText.of(stack.preview().mustSucceed())));
        } finally {
            pairs.forEach(pair -> stack.restore(pair[0]));
        }
    }
}
