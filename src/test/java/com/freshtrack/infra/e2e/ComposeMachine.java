package com.freshtrack.infra.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.infra.engine.Outcome;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.engine.TestStack;
import com.freshtrack.infra.services.ScriptFile;
import com.freshtrack.infra.vm.ComposeHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A stack on a Droplet, brought up by the engine: the cloud around it is simulated, and at its address is a {@link VirtualMachine}, on
 * which the acting {@code command} provider does what it would do on a Droplet.
 */
final class ComposeMachine implements AutoCloseable {
    private static final String DEPLOY = "freshtrack-product-deploy";

    private final VirtualMachine machine;
    private final TestStack stack;

    ComposeMachine(VirtualMachine machine, String apiImage) {
        this.machine = machine;
        this.stack = TestStack.dropletAt(machine.address());
        stack.setSecret("hostKey", machine.hostKey());
        stack.setSecret("deployKey", machine.deployKey());
        stack.set("apiImage", apiImage);
        certifyInternally();
        writeCurlrc("");
    }

    /** No public authority signs for its name here, so the front door's own does, whoever it is to ask. */
    private void certifyInternally() {
        try {
            var text = Files.readString(stack.caddyfile());
            var changed = text.replace("tls {$FRESHTRACK_TLS}", "tls internal");
            if (changed.equals(text)) {
                throw new AssertionError("caddy/Caddyfile doesn't say tls {$FRESHTRACK_TLS} any more");
            }
            Files.writeString(stack.caddyfile(), changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestStack stack() {
        return stack;
    }

    Outcome up() {
        return stack.up();
    }

    /** Says that its records are there; machine and engine trust who certifies its name. */
    void dnsIsReady(String authority) {
        machine.trust(authority);
        stack.write("root.crt", authority);
        writeCurlrc("cacert = \"" + stack.directory().resolve("root.crt") + "\"\n");
        stack.set("dnsReady", "true");
    }

    /** Its name leads curl to the machine: no DNS knows it. */
    private void writeCurlrc(String more) {
        stack.write(".curlrc", "resolve = \"%s:443:%s\"\n%s".formatted(stack.get("domain"), machine.address(), more));
    }

    /** The stack's deploy asks for its verdict like this, by the script alone, of a path and for a second. */
    Shell.Result verdict(String authority, String path) {
        return local(
                "verdict.sh",
                Map.of(
                        "AUTHORITY",
                        authority,
                        "CURL_HOME",
                        stack.directory().toString(),
                        "TIMEOUT_SECONDS",
                        "1",
                        "URL",
                        "https://" + stack.get("domain") + path));
    }

    /** The stack's folder on the machine. */
    String home() {
        return "/opt/freshtrack/" + stack.name();
    }

    /** Does what the engine's last deploy did there, as a change of the connection would, whatever comes of it. */
    Shell.Result deployAgain() {
        return machine.ssh(secretLines(), deploy().path("create").asText());
    }

    /** The lines with secrets that the deploy gets. */
    String secretLines() {
        try {
            return new ObjectMapper()
                    .readValue(deploy().path("stdin").path("plaintext").asText(), String.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the secrets of the deploy can't be read", e);
        }
    }

    private JsonNode deploy() {
        return StreamSupport.stream(stack.state().path("resources").spliterator(), false)
                .filter(resource -> resource.path("urn").asText().endsWith("::" + DEPLOY))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + DEPLOY + " in the state"))
                .path("inputs");
    }

    /** What the component runs where Pulumi runs, {@code answering} or {@code verdict}, with these variables. */
    static Shell.Result local(String script, Map<String, String> variables) {
        return Shell.run(
                Duration.ofSeconds(30), "", List.of("sh", "-c", ScriptFile.read(ComposeHost.class, script)), variables);
    }

    @Override
    public void close() {
        stack.close();
    }
}
