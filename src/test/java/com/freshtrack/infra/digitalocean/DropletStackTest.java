package com.freshtrack.infra.digitalocean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.freshtrack.infra.Recorded;
import com.freshtrack.infra.Recorded.Asked;
import com.freshtrack.infra.SshKeys;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DropletStackTest {
    private static final String DROPLET = "digitalocean:index/droplet:Droplet";
    private static final String FIREWALL = "digitalocean:index/firewall:Firewall";
    private static final String RECORD = "digitalocean:index/dnsRecord:DnsRecord";
    private static final String VOLUME = "digitalocean:index/volume:Volume";

    private Recorded stack;

    @BeforeAll
    void record() {
        stack = Stacks.recorded(Stacks.prod());
    }

    @Test
    void everythingDescendsFromTheComponent() {
        assertThat(stack.urns()).hasSizeGreaterThan(30);
        assertThat(stack.urns().stream()
                        .map(urn -> urn.split("::")[2])
                        .filter(type -> !type.equals("pulumi:pulumi:Stack")))
                .allMatch(type -> type.startsWith("pulumi:pulumi:Stack$" + DropletStack.TYPE));
    }

    @Test
    @SuppressWarnings("unchecked")
    void theInternetReachesCaddyAlone() {
        var firewall = stack.one(FIREWALL, "freshtrack-firewall");
        var world = List.of("0.0.0.0/0", "::/0");

        assertThat((List<Map<String, Object>>) firewall.inputs().get("inboundRules"))
                .extracting(
                        rule -> rule.get("protocol"),
                        rule -> rule.get("portRange"),
                        rule -> rule.get("sourceAddresses"))
                .containsExactlyInAnyOrder(
                        tuple("tcp", "22", List.of("198.51.100.0/24", "203.0.113.9/32")),
                        tuple("tcp", "80", world),
                        tuple("tcp", "443", world),
                        tuple("udp", "443", world));
        assertThat(firewall.inputs()).containsEntry("dropletIds", List.of(12345.0));
        assertThat(stack.ofType(FIREWALL)).hasSize(1);
    }

    /** The host key in the user data, and what logs in; both are encrypted in the state, as is all that holds a password. */
    @Test
    void noSecretStandsInAPlainInput() {
        assertThat(places(SshKeys.HOST.lines().toList().get(3))).containsExactly(DROPLET + " userData");
        assertThat(places(SshKeys.DEPLOY.lines().toList().get(3))).containsOnly("command:remote:Command connection");
        assertThat(places(Stacks.SENTINEL)).isEmpty();
        assertThat(places(encoded(Stacks.SENTINEL + "-webhook"))).containsExactly("command:remote:Command stdin");
        assertThat(stack.one(DROPLET, "freshtrack-droplet").input("userData")).doesNotContain(Stacks.SENTINEL);
    }

    /** Docker wants it in base64. */
    @Test
    void theLoginAtAPrivateRegistryTravelsWithTheOtherSecrets() {
        var secrets = Stacks.recorded(Stacks.prod("privateRegistry", "ghcr.io", "registryLogin", "ops:hunter2"))
                .one("command:remote:Command", "freshtrack-product-secrets");

        assertThat(secrets.input("stdin").lines().filter(line -> line.startsWith("deploy config.json ")))
                .singleElement()
                .satisfies(line -> assertThat(decoded(line.split(" ")[2]))
                        .isEqualTo("{\"auths\":{\"ghcr.io\":{\"auth\":\"%s\"}}}\n".formatted(encoded("ops:hunter2"))));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }

    private List<String> places(String text) {
        return stack.all().stream()
                .flatMap(resource -> resource.inputs().entrySet().stream()
                        .filter(input -> String.valueOf(input.getValue()).contains(text))
                        .map(input -> resource.type() + " " + input.getKey()))
                .distinct()
                .toList();
    }

    @Test
    void theDropletHasItsVolumeFromTheFirstBootOn() {
        assertThat(stack.one(DROPLET, "freshtrack-droplet").inputs())
                .containsEntry("image", "ubuntu-22-04-x64")
                .containsEntry("size", "s-4vcpu-8gb")
                .containsEntry("region", "fra1")
                .containsEntry("volumeIds", List.of("freshtrack-data-id"))
                .containsEntry("sshKeys", List.of("freshtrack-deploy-id"))
                .containsEntry("vpcUuid", "freshtrack-vpc-id")
                .containsEntry("resizeDisk", false)
                .containsEntry("monitoring", true)
                .containsEntry("backups", false)
                .doesNotContainKey("backupPolicy");
        assertThat(stack.one(VOLUME, "freshtrack-data").inputs())
                .containsEntry("region", "fra1")
                .containsEntry("size", 20.0)
                .containsEntry("initialFilesystemLabel", "freshtrack-data");
        assertThat(stack.one("digitalocean:index/sshKey:SshKey", "freshtrack-deploy")
                        .inputs())
                .containsEntry("publicKey", SshKeys.DEPLOY_PUBLIC);
    }

    @Test
    void theDiskIsCopiedWhereThatWasAskedFor() {
        assertThat(Stacks.recorded(Stacks.prod("dropletBackups", "daily"))
                        .one(DROPLET, "freshtrack-droplet")
                        .inputs())
                .containsEntry("backups", true)
                .containsEntry("backupPolicy", Map.of("plan", "daily"));
    }

    @Test
    void theFileSystemFollowsItsVolume() {
        assertThat(stack.one("command:remote:Command", "freshtrack-grow").input("create"))
                .isEqualTo("resize2fs /dev/disk/by-label/freshtrack-data # to 20 GiB");
        assertThat(stack.one("command:remote:Command", "freshtrack-grow").input("connection"))
                .contains("203.0.113.10", SshKeys.HOST_PUBLIC);
    }

    @Test
    void anotherDropletIsToldEverythingAgain() {
        assertThat(stack.all())
                .filteredOn(asked -> asked.type().startsWith("command:"))
                .hasSizeGreaterThan(30)
                .allSatisfy(command -> assertThat(command.inputs()).containsEntry("triggers", List.of("12345")));
    }

    /** A deploy on a full disk fails, and would keep it from growing. */
    @Test
    void theFileSystemGrowsBeforeAnythingIsDeployed() {
        var commands = stack.all().stream()
                .map(Asked::name)
                .filter(name -> List.of("freshtrack-product-prepared", "freshtrack-grow", "freshtrack-product-deploy")
                        .contains(name))
                .toList();

        assertThat(commands)
                .containsExactly("freshtrack-product-prepared", "freshtrack-grow", "freshtrack-product-deploy");
    }

    @Test
    void recordsAreMadeInTheZoneThatIsOurs() {
        assertThat(stack.ofType(RECORD))
                .extracting(
                        record -> record.input("domain"),
                        record -> record.input("name"),
                        record -> record.input("value"))
                .containsExactlyInAnyOrder(
                        tuple("acme.io", "freshtrack", "203.0.113.10"),
                        tuple("acme.io", "grafana.freshtrack", "203.0.113.10"));
        assertThat(Stacks.recorded(Stacks.prod("dnsZone", "")).ofType(RECORD)).isEmpty();
        assertThat(Stacks.recorded(Stacks.prod("dnsZone", "freshtrack.acme.io", "grafanaDomain", "status.acme.io"))
                        .ofType(RECORD))
                .extracting(record -> record.input("name"))
                .containsExactly("@");
    }

    @Test
    void somebodyIsToldFromOutside() {
        assertThat(stack.ofType("digitalocean:index/monitorAlert:MonitorAlert"))
                .extracting(Asked::name)
                .containsExactlyInAnyOrder("freshtrack-cpu", "freshtrack-memory", "freshtrack-disk");
        assertThat(stack.one("digitalocean:index/uptimeCheck:UptimeCheck", "freshtrack-uptime")
                        .inputs())
                .containsEntry("target", "https://freshtrack.acme.io/ready");
        assertThat(Stacks.recorded(Stacks.prod("dnsReady", "false")).all())
                .extracting(Asked::type)
                .contains("digitalocean:index/monitorAlert:MonitorAlert")
                .doesNotContain("digitalocean:index/uptimeCheck:UptimeCheck");
        assertThat(Stacks.recorded(Stacks.prod("alarmEmail", "")).all())
                .extracting(Asked::type)
                .doesNotContain("digitalocean:index/monitorAlert:MonitorAlert");
    }

    @Test
    void aProjectHoldsWhatCosts() {
        assertThat(stack.one("digitalocean:index/project:Project", "freshtrack-project")
                        .inputs())
                .containsEntry("environment", "Production")
                .doesNotContainKey("resources");
        assertThat(stack.one("digitalocean:index/projectResources:ProjectResources", "freshtrack-project")
                        .inputs())
                .containsEntry("project", "freshtrack-project-id")
                .containsEntry("resources", List.of("do:droplet:12345", "do:volume:freshtrack-data"));
    }
}
