package com.freshtrack.infra.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.compose.Bundle;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.config.StackConfigReader;
import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.services.FreshTrackServices;
import com.freshtrack.infra.services.ProductFiles;
import com.freshtrack.infra.vm.CloudInit;
import com.freshtrack.infra.vm.DataVolume;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Compose, shellcheck and cloud-init accept what is rendered for a machine; Caddy and Prometheus have their own tests. */
@Tag("vm")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BundleToolsTest {
    private static final ProductFiles FILES = ProductFiles.read(Checkout.file(""));

    @ParameterizedTest
    @ValueSource(strings = {"container", "managed"})
    void composeAndShellcheckTakeTheBundle(String database) {
        var bundle = bundle(database);
        var versions = bundle.secretFiles().stream()
                .map(secret -> "export SECRETS_%s=1\n"
                        .formatted(secret.reader().toUpperCase(Locale.ROOT).replace('-', '_')))
                .distinct()
                .collect(Collectors.joining());
        var checked = inImage(
                bundle.files().get("compose.yaml").text(), versions + "docker compose --file - config --quiet 2>&1");
        assertThat(checked.succeeded()).as(checked.output()).isTrue();
        assertThat(checked.output()).isEmpty();

        var rendered = bundle.files().entrySet().stream()
                .filter(file -> file.getKey().endsWith("/freshtrack/run"))
                .toList();
        assertThat(rendered).hasSizeGreaterThan(3);
        for (var script : rendered) {
            var result =
                    Shell.run(Duration.ofSeconds(20), script.getValue().text(), List.of("shellcheck", "-"), Map.of());
            assertThat(result.succeeded())
                    .as(script.getKey() + ": " + result.output())
                    .isTrue();
        }
    }

    @Test
    void cloudInitTakesTheUserData() {
        assertThat(schema(CloudInit.render(SshKeys.HOST, SshKeys.HOST_PUBLIC, DataVolume.LABEL, FILES)))
                .contains("Valid schema");
        assertThat(schema("#cloud-config\n{\"runcmd\": 1}\n")).contains("runcmd: 1 is not of type");
    }

    private static String schema(String userData) {
        return inImage(
                        userData,
                        "cat >/tmp/user-data; python3 /usr/local/lib/cloud-init schema --config-file /tmp/user-data 2>&1")
                .output();
    }

    /** In the image of the tests' servers, which has the tools; nothing of them is started. */
    private static Shell.Result inImage(String input, String script) {
        return Shell.run(
                Duration.ofSeconds(30),
                input,
                List.of(
                        "docker",
                        "run",
                        "--rm",
                        "--interactive",
                        "--network",
                        "none",
                        "--entrypoint",
                        "sh",
                        VirtualMachine.image(),
                        "-c",
                        script),
                Map.of());
    }

    /** With everything that there is. */
    private static Bundle bundle(String database) {
        var config = config(Map.of("database", database));
        return Bundle.of(config, FreshTrackServices.of(config, FILES), FILES);
    }

    private static StackConfig config(Map<String, String> changes) {
        var values = new HashMap<>(Map.of(
                "target", "do-droplet",
                "environment", "prod",
                "domain", "freshtrack.acme.io",
                "tlsEmail", "ops@acme.io",
                "dropletSize", "s-4vcpu-8gb",
                "sshCidrs", "198.51.100.7/32",
                "apiImage", "registry.example.com/freshtrack/api@sha256:" + "0123456789abcdef".repeat(4),
                "alertWebhookUrl", "https://hooks.acme.io/hook",
                "hostKey", SshKeys.HOST,
                "deployKey", SshKeys.DEPLOY));
        values.putAll(changes);
        return StackConfigReader.read("sample", values, Set.of("alertWebhookUrl", "deployKey", "hostKey"), false);
    }
}
