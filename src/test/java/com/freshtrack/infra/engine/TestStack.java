package com.freshtrack.infra.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.pulumi.automation.AutomationException;
import com.pulumi.automation.CommandException;
import com.pulumi.automation.ConfigValue;
import com.pulumi.automation.DestroyOptions;
import com.pulumi.automation.LocalWorkspace;
import com.pulumi.automation.LocalWorkspaceOptions;
import com.pulumi.automation.PreviewOptions;
import com.pulumi.automation.UpOptions;
import com.pulumi.automation.UpdateOptions;
import com.pulumi.automation.WorkspaceStack;
import com.pulumi.automation.events.EngineEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A stack of the compiled program under the real engine, in a throw-away project directory with a backend, a passphrase, a
 * name and ports of its own; closing it removes everything that it made, as does the end of the JVM.
 */
public final class TestStack implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<TestStack> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!OPEN.isEmpty()) {
                ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
                OPEN.forEach(TestStack::close);
            }
        }));
    }

    private final String name;
    /** Only then are the names on Docker this stack's own: the team's dev product may run on the same machine. */
    private final boolean runnable;

    private final Path directory;
    private final WorkspaceStack stack;
    private final StringBuffer transcript = new StringBuffer();

    private TestStack(String name, String stackFile, boolean runnable) {
        this.name = name;
        this.runnable = runnable;
        try {
            this.directory = Files.createTempDirectory("freshtrack-" + name + "-");
            OPEN.add(this);
            Files.createDirectories(directory.resolve("state"));
            Files.createDirectories(directory.resolve("caddy"));
            Files.copy(Checkout.file("caddy/Caddyfile"), caddyfile());
            var project = (ObjectNode) YAML.readTree(Checkout.text("Pulumi.yaml"));
            project.putObject("runtime")
                    .put("name", "java")
                    .putObject("options")
                    .put("binary", Checkout.program().toString());
            YAML.writeValue(directory.resolve("Pulumi.yaml").toFile(), project);
            Files.copy(Checkout.file(stackFile), configFile());
            this.stack = LocalWorkspace.createStack(
                    name,
                    directory,
                    LocalWorkspaceOptions.builder()
                            .pulumiHome(Path.of(Checkout.environment("PULUMI_HOME")))
                            .environmentVariables(Map.of(
                                    "PULUMI_BACKEND_URL", directory.resolve("state").toUri().toString(),
                                    "PULUMI_CONFIG_PASSPHRASE", "for-tests-only-" + name))
                            .build());
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (AutomationException e) {
            close();
            throw new AssertionError("the stack " + name + " can't be made: " + e.getMessage(), e);
        }
    }

    /** A stack with the name given and a stack file's own configuration, to be previewed and never brought up. */
    static TestStack previewOnly(String name, String stackFile) {
        return new TestStack(name, stackFile, false);
    }

    /** A stack that can be brought up on this machine: the dev configuration with the images at hand and free ports. */
    public static TestStack runnable() {
        var stack = new TestStack("t%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24)), "Pulumi.dev.yaml", true);
        Checkout.images().forEach((key, image) -> {
            if (!key.startsWith("test")) {
                stack.set(key, image);
            }
        });
        stack.set("publishAddress", "127.0.0.1");
        var ports = freePorts();
        stack.set("httpPort", String.valueOf(ports[0]));
        stack.set("httpsPort", String.valueOf(ports[1]));
        return stack;
    }

    public String name() {
        return name;
    }

    /** What every name on Docker begins with. */
    public String prefix() {
        return "freshtrack-" + name + "-";
    }

    /** The throw-away project's directory; it holds the state and the stack's file. */
    public Path directory() {
        return directory;
    }

    /** The throw-away copy of the front door's configuration. */
    public Path caddyfile() {
        return directory.resolve("caddy").resolve("Caddyfile");
    }

    /** Everything that the engine has printed for this stack so far. */
    public String transcript() {
        return transcript.toString();
    }

    /** Sets a key of the namespace {@code freshtrack} in the stack's file. */
    public void set(String key, String value) {
        editConfig(config -> config.put("freshtrack:" + key, value));
    }

    /** Removes a key of the namespace {@code freshtrack} from the stack's file. */
    public void unset(String key) {
        editConfig(config -> config.remove("freshtrack:" + key));
    }

    /** A key's plain value in the stack's file. */
    public String get(String key) {
        try {
            return YAML.readTree(configFile().toFile()).path("config").path("freshtrack:" + key).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets an encrypted key, as {@code pulumi config set --secret} does. */
    public void setSecret(String key, String value) {
        try {
            stack.setConfig("freshtrack:" + key, new ConfigValue(value, true));
        } catch (AutomationException e) {
            throw new AssertionError(e);
        }
    }

    public Outcome up() {
        if (!runnable) {
            throw new IllegalStateException("the stack " + name + " is for previews only");
        }
        var options = UpOptions.builder().diff(true);
        return run("up", options, () -> stack.up(options.build()));
    }

    /** A preview as reviewers read it, with {@code --diff}. */
    public Outcome preview() {
        var options = PreviewOptions.builder().diff(true);
        return run("preview", options, () -> stack.preview(options.build()));
    }

    /** {@code pulumi destroy}, without the resources that match a pattern. */
    public Outcome destroy(List<String> excludes) {
        var options = DestroyOptions.builder().excludes(excludes);
        return run("destroy", options, () -> stack.destroy(options.build()));
    }

    /** The stack's outputs; fails when there is none with this name. */
    public Object output(String output) {
        try {
            var value = stack.getOutputs().get(output);
            if (value == null) {
                throw new AssertionError("no output " + output);
            }
            return value.value();
        } catch (AutomationException e) {
            throw new AssertionError(e);
        }
    }

    /** The stack's state with every secret decrypted. */
    public Map<String, Object> state() {
        try {
            return stack.exportStack().deployment();
        } catch (AutomationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (OPEN.remove(this)) {
            if (runnable) {
                Docker.removeAll(prefix());
            }
            deleteDirectory();
        }
    }

    private interface Operation {
        void run() throws AutomationException;
    }

    private Outcome run(String operation, UpdateOptions.Builder<?> options, Operation work) {
        var output = new StringBuffer();
        var events = Collections.synchronizedList(new ArrayList<EngineEvent>());
        options.color("never");
        options.onStandardOutput(line -> output.append(line).append('\n'));
        options.onStandardError(line -> output.append(line).append('\n'));
        options.onEvent(events::add);
        boolean succeeded;
        try {
            work.run();
            succeeded = true;
        } catch (CommandException alreadyPrinted) {
            succeeded = false;
        } catch (AutomationException e) {
            output.append(e.getMessage()).append('\n');
            succeeded = false;
        }
        transcript.append(output);
        return new Outcome(operation, succeeded, output.toString(), List.copyOf(events));
    }

    private Path configFile() {
        return directory.resolve("Pulumi." + name + ".yaml");
    }

    private void editConfig(java.util.function.Consumer<ObjectNode> edit) {
        try {
            var file = (ObjectNode) YAML.readTree(configFile().toFile());
            edit.accept(file.withObject("/config"));
            YAML.writeValue(configFile().toFile(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteDirectory() {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] freePorts() {
        try (var http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var https = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {http.getLocalPort(), https.getLocalPort()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
