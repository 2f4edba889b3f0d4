package com.freshtrack.infra.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code pulumi} CLI in one project directory, with a file backend and a passphrase of its own.
 *
 * <p>Not the SDK's Automation API: as of 1.36 it can't finish an {@code up} whose outputs hold a list.
 */
final class Engine {
    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final String stack;
    private final Map<String, String> variables = new HashMap<>();

    Engine(Path directory, String stack) {
        this.directory = directory;
        this.stack = stack;
        variables.put("PULUMI_BACKEND_URL", directory.resolve("state").toUri().toString());
        variables.put("PULUMI_CONFIG_PASSPHRASE", "for-tests-only-" + stack);
        // Without it the CLI doesn't know --event-log.
        variables.put("PULUMI_DEBUG_COMMANDS", "true");
        variables.put("PULUMI_HOME", Checkout.environment("PULUMI_HOME"));
    }

    /** The variables that everything here runs with, beside this process's own; more may be added. */
    Map<String, String> variables() {
        return variables;
    }

    /** Adds variables; a PATH among them gets the JVM of the project's program in front, see {@link ProgramJvm#startFor}. */
    void add(Map<String, String> more) {
        variables.putAll(more);
        if (more.containsKey("PATH")) {
            variables.put("PATH", directory.resolve(ProgramJvm.BIN) + ":" + more.get("PATH"));
        }
    }

    /** Runs an operation that changes or previews the stack, and reads its steps from the engine's own events. */
    Outcome operate(String operation, String... options) {
        var events = directory.resolve("events.json");
        var arguments = new ArrayList<>(List.of(operation, "--stack", stack, "--diff", "--color", "never"));
        arguments.addAll(List.of("--event-log", events.toString()));
        arguments.addAll(List.of(options));
        try {
            var result = run("", arguments);
            var steps = Files.exists(events) ? steps(Files.readAllLines(events)) : List.<Outcome.Step>of();
            // It holds what --debug would print: the SDK's requests, with secrets in plain text.
            Files.deleteIfExists(events);
            return new Outcome(operation, result.succeeded(), result.output(), steps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs another command of the CLI for this stack and gives what it printed; fails when it does. */
    String ask(String input, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--stack", stack));
        var result = run(input, all);
        if (!result.succeeded()) {
            throw new AssertionError(
                    "pulumi " + arguments[0] + " ended with " + result.exitCode() + ": " + result.output());
        }
        return result.output();
    }

    /** Makes the stack. */
    void init() {
        var result = run("", List.of("stack", "init", stack, "--no-select"));
        if (!result.succeeded()) {
            throw new AssertionError("the stack " + stack + " can't be made: " + result.output());
        }
    }

    private Shell.Result run(String input, List<String> arguments) {
        var command = new ArrayList<>(List.of("pulumi", "--non-interactive", "--cwd", directory.toString()));
        command.addAll(arguments);
        return Shell.run(LIMIT, input, command, variables);
    }

    private static List<Outcome.Step> steps(List<String> events) {
        return events.stream()
                .map(Engine::parse)
                .flatMap(event -> Optional.ofNullable(event.get("resourcePreEvent")).stream())
                .map(event -> event.get("metadata"))
                .map(step -> new Outcome.Step(
                        step.path("op").asText(),
                        step.path("type").asText(),
                        step.path("urn").asText(),
                        inputs(step.path("old").path("inputs")),
                        inputs(step.path("new").path("inputs"))))
                .toList();
    }

    private static Map<String, Object> inputs(JsonNode node) {
        return node.isObject() ? JSON.convertValue(node, new TypeReference<Map<String, Object>>() {}) : Map.of();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
