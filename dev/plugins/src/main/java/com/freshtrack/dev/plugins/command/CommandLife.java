package com.freshtrack.dev.plugins.command;

import com.freshtrack.dev.plugins.serve.Operation;
import com.freshtrack.dev.plugins.serve.ResourceFailure;
import com.freshtrack.dev.plugins.serve.ResourceType.Created;
import com.freshtrack.dev.plugins.serve.ResourceType.Found;
import com.freshtrack.dev.plugins.serve.Subprocesses;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import pulumirpc.EngineOuterClass.LogSeverity;

/**
 * When a command resource runs what, the same for local and remote ones: {@code create}; on a changed input {@code update}, or
 * {@code create} when there is none; {@code delete}. Source: provider/pkg/provider/local/commandController.go and the remote one
 * of https://github.com/pulumi/pulumi-command .
 */
final class CommandLife {

    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";

    /** Runs one command text with variables added to its environment. */
    interface Runner {
        Subprocesses.Result run(
                Operation operation, String command, Map<String, String> variables, Subprocesses.Listener listener)
                throws ResourceFailure, InterruptedException;
    }

    private final Runner runner;

    CommandLife(Runner runner) {
        this.runner = runner;
    }

    Created create(Operation operation) throws ResourceFailure, InterruptedException {
        String name = operation.urn().substring(operation.urn().lastIndexOf("::") + 2);
        return new Created(name + suffix(), execute(operation, text(operation, "create")));
    }

    /** Eight random hexadecimal digits, the end of every id of this provider. */
    static String suffix() {
        return HexFormat.of().toHexDigits(new SecureRandom().nextInt());
    }

    Map<String, Object> update(Operation operation) throws ResourceFailure, InterruptedException {
        String update = text(operation, "update");
        return execute(operation, update.isEmpty() ? text(operation, "create") : update);
    }

    Optional<Found> read(Operation operation) {
        return Optional.of(new Found(Map.of(), previous(operation)));
    }

    void delete(Operation operation) throws ResourceFailure, InterruptedException {
        execute(operation, text(operation, "delete"));
    }

    private Map<String, Object> execute(Operation operation, String command)
            throws ResourceFailure, InterruptedException {
        Map<String, Object> previous = previous(operation);
        if (command.isEmpty()) {
            return previous;
        }
        Map<String, String> variables = new TreeMap<>();
        if (operation.inputs().get("environment") instanceof Map<?, ?> environment) {
            environment.forEach((name, value) -> variables.put((String) name, value == null ? "" : (String) value));
        }
        if (!Boolean.FALSE.equals(operation.inputs().get("addPreviousOutputInEnv"))) {
            putUnlessEmpty(variables, "PULUMI_COMMAND_STDOUT", (String) previous.get(STDOUT));
            putUnlessEmpty(variables, "PULUMI_COMMAND_STDERR", (String) previous.get(STDERR));
        }
        Subprocesses.Result result = runner.run(operation, command, variables, listener(operation));
        if (result.exitCode() != 0) {
            String how = result.exitCode() < 0 ? "its time was over" : "exit status " + result.exitCode();
            throw new ResourceFailure(operation
                    .redaction()
                    .apply(how + ": running \"" + command + "\":\n" + result.stdout() + result.stderr()));
        }
        Map<String, Object> outputs = new TreeMap<>();
        outputs.put(STDOUT, withoutLastNewline(result.stdout()));
        outputs.put(STDERR, withoutLastNewline(result.stderr()));
        return outputs;
    }

    private static void putUnlessEmpty(Map<String, String> variables, String name, String value) {
        if (!value.isEmpty()) {
            variables.put(name, value);
        }
    }

    private static Map<String, Object> previous(Operation operation) {
        Map<String, Object> previous = new TreeMap<>();
        previous.put(STDOUT, text(operation.olds(), STDOUT));
        previous.put(STDERR, text(operation.olds(), STDERR));
        return previous;
    }

    private static Subprocesses.Listener listener(Operation operation) {
        Object logging = operation.inputs().getOrDefault("logging", "stdoutAndStderr");
        boolean both = logging == null || logging.equals("stdoutAndStderr");
        return new Subprocesses.Listener(
                line -> log(operation, both || logging.equals(STDOUT), line),
                line -> log(operation, both || logging.equals(STDERR), line));
    }

    private static void log(Operation operation, boolean wanted, String line) {
        if (wanted) {
            operation
                    .log()
                    .write(
                            LogSeverity.INFO,
                            operation.urn(),
                            operation.redaction().apply(line));
        }
    }

    private static String text(Operation operation, String name) {
        return text(operation.inputs(), name);
    }

    private static String text(Map<String, Object> values, String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    private static String withoutLastNewline(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
