package com.freshtrack.infra.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.infra.engine.Checkout;
import com.freshtrack.infra.engine.Outcome;
import com.freshtrack.infra.engine.Shell;
import com.freshtrack.infra.engine.TestStack;
import com.freshtrack.infra.services.ScriptFile;
import com.freshtrack.infra.vm.ComposeHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A stack on a Droplet, brought up by the engine: the cloud around it is simulated, and at its address is a {@link VirtualMachine}, on
 * which the acting {@code command} provider does what it would do on a Droplet.
 */
final class ComposeMachine implements AutoCloseable {
    /** What it has as {@code apiSecrets}. */
    static final String WEBHOOK_KEY = "{\"TTN_WEBHOOK_KEY\":\"hunter2-webhook\"}";

    private final VirtualMachine machine;
    private final TestStack stack;

    ComposeMachine(VirtualMachine machine, String apiImage) {
        this.machine = machine;
        this.stack = TestStack.dropletAt(machine.address());
        stack.setSecret("hostKey", machine.hostKey());
        stack.setSecret("deployKey", machine.deployKey());
        stack.setSecret("apiSecrets", WEBHOOK_KEY);
        stack.set("apiImage", apiImage);
        Checkout.copyScripts(stack.directory());
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
        var inputs = resource("::freshtrack-product-deploy")
                .findFirst()
                .orElseThrow()
                .path("inputs");
        return machine.ssh(plain(inputs.path("stdin")), inputs.path("create").asText());
    }

    /** Runs a script of the project from here, as an operator would who may log in, whatever comes of it. */
    Shell.Result script(String name, String... options) {
        var command =
                new ArrayList<>(List.of("env", "PATH=" + machine.environment().get("PATH")));
        command.addAll(List.of(stack.directory().resolve("scripts/" + name).toString(), stack.name()));
        command.addAll(List.of(options));
        return stack.run(Duration.ofMinutes(3), command.toArray(String[]::new));
    }

    /** The number of files with secrets that the machine gets. */
    int secretFiles() {
        return (int) resource("::freshtrack-product-secrets")
                .map(command -> plain(command.at("/inputs/stdin")))
                .flatMap(String::lines)
                .count();
    }

    /** The passwords that the stack made for itself, what it was given for the API, and a line of each private key. */
    List<String> secrets() {
        var passwords = resource(":RandomPassword::").map(password -> plain(password.at("/outputs/result")));
        var keys = Stream.of(machine.hostKey(), machine.deployKey())
                .map(key -> key.lines().toList().get(3));
        return Stream.of(passwords, keys, Stream.of("hunter2-webhook"))
                .flatMap(texts -> texts)
                .distinct()
                .toList();
    }

    private Stream<JsonNode> resource(String partOfUrn) {
        return StreamSupport.stream(stack.state().path("resources").spliterator(), false)
                .filter(resource -> resource.path("urn").asText().contains(partOfUrn));
    }

    /** A secret of the state, which is JSON in text. */
    private static String plain(JsonNode secret) {
        try {
            return new ObjectMapper().readValue(secret.path("plaintext").asText(), String.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a secret of the state can't be read", e);
        }
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
