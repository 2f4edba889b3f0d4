package com.freshtrack.infra.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.services.ProductFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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

    /** What stacks on DigitalOcean have for a token; it must never be in an argument. */
    static final String DIGITALOCEAN_TOKEN = "dop_v1_for_tests_only";

    /** What a stack may be used for. */
    private enum Use {
        PREVIEW,
        /** Only then are the names on Docker this stack's own: the team's dev product may run on the same machine. */
        DOCKER,
        /** Nothing is made anywhere: what makes it is a simulated provider. */
        SIMULATION
    }

    private final String name;
    private final Use use;

    private final Path directory;
    private final Engine engine;
    private JsonNode initial;
    private final StringBuffer transcript = new StringBuffer();

    private TestStack(String name, String stackFile, Use use) {
        this.name = name;
        this.use = use;
        try {
            this.directory = Files.createTempDirectory("freshtrack-" + name + "-");
            OPEN.add(this);
            Files.createDirectories(directory.resolve("state"));
            if (use == Use.SIMULATION) {
                Files.createFile(directory.resolve("state").resolve(".simulated-backend"));
            }
            ProductFiles.read(Checkout.file("")).texts().forEach(this::write);
            Files.copy(Checkout.file("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
            ProgramJvm.startFor(directory);
            Files.copy(Checkout.file(stackFile), configFile());
            this.initial = config();
            this.engine = new Engine(directory, name);
            engine.add(Map.of("PATH", path()));
            engine.init();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    private TestStack(Path directory, String name, Engine engine) {
        this.name = name;
        this.use = Use.DOCKER;
        this.directory = directory;
        this.engine = engine;
        this.initial = config();
    }

    /** A stack that somebody else made in a project directory and removes again. */
    static TestStack of(Path directory, String name, Engine engine) {
        return new TestStack(directory, name, engine);
    }

    /** A stack with the name given and a stack file's own configuration, to be previewed and never brought up. */
    static TestStack previewOnly(String name, String stackFile) {
        return new TestStack(name, stackFile, Use.PREVIEW);
    }

    /**
     * A stack with the name given and a stack file's own configuration, whose resources are simulated; the AWS CLI that deploys
     * speak to is the tests' own, whose answers are files in the project's directory.
     */
    static TestStack simulated(String name, String stackFile) {
        var stack = new TestStack(name, stackFile, Use.SIMULATION);
        stack.write("rds-ca.pem", "-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n");
        stack.engine.add(Map.of(
                "FAKE_AWS",
                stack.directory.toString(),
                "PATH",
                Checkout.file("src/test/resources/fake-aws") + ":" + stack.path()));
        stack.set("databaseCaFile", "rds-ca.pem");
        stack.set("apiImage", "registry.example.com/freshtrack/api@sha256:" + "0123456789abcdef".repeat(4));
        stack.initial = stack.config();
        return stack;
    }

    /** A stack on a Droplet that is simulated; whoever asks the machine over ssh is answered by the tests' own stand-in. */
    static TestStack simulatedDroplet(String name, String stackFile) {
        return simulatedMachine(name, stackFile, List.of("fake-vm"));
    }

    /** The same on an EC2 instance, with the stand-in for the AWS CLI beside it. */
    static TestStack simulatedEc2(String name, String stackFile) {
        return simulatedMachine(name, stackFile, List.of("fake-aws", "fake-vm"));
    }

    private static TestStack simulatedMachine(String name, String stackFile, List<String> standIns) {
        var stack = simulatedCloud(name, stackFile, standIns);
        stack.write("host-key", SshKeys.HOST_PUBLIC);
        stack.set("apiImage", "registry.example.com/freshtrack/api@sha256:" + "0123456789abcdef".repeat(4));
        stack.setSecret("hostKey", SshKeys.HOST);
        stack.setSecret("deployKey", SshKeys.DEPLOY);
        stack.initial = stack.config();
        return stack;
    }

    /**
     * A stack on a Droplet that is simulated but for what is at its address: a machine that the acting {@code command} provider deploys to.
     * It has the images at hand but the API's, and its DNS isn't ready.
     */
    public static TestStack dropletAt(String address) {
        var stack = new TestStack(anyName(), "examples/Pulumi.do-droplet.yaml", Use.SIMULATION);
        List.of("alertEmailFrom", "alertEmailTo", "alertSmtpHost").forEach(stack::unset);
        stack.setImagesAtHand();
        stack.unset("apiImage");
        Map.of(
                        "backup",
                        "true",
                        "dnsReady",
                        "false",
                        "dropletSize",
                        "s-2vcpu-4gb",
                        "environment",
                        "dev",
                        "observability",
                        "false")
                .forEach(stack::set);
        // Where curl, of which the last word of a deploy is asked, looks for what its user set.
        stack.engine.add(Map.of("CURL_HOME", stack.directory.toString(), "SIMULATED_RESERVED_IP", address));
        stack.initial = stack.config();
        return stack;
    }

    /** A stack on App Platform that is simulated; the newest deployment is the one that the file deployments says. */
    static TestStack simulatedApp(String name, String stackFile) {
        var digest = "sha256:" + "0123456789abcdef".repeat(4);
        var stack = simulatedCloud(name, stackFile, List.of("fake-vm"));
        stack.write("deployments", "{\"deployments\":[{\"phase\":\"ACTIVE\",\"digest\":\"" + digest + "\"}]}");
        stack.set("apiImage", "ghcr.io/acme/freshtrack-api@" + digest);
        stack.setSecret("apiSecrets", "{\"TTN_WEBHOOK_KEY\":\"hunter2-webhook\"}");
        stack.setSecret("s3AccessKey", "hunter2-access");
        stack.setSecret("s3SecretKey", "hunter2-secret");
        stack.initial = stack.config();
        return stack;
    }

    private static TestStack simulatedCloud(String name, String stackFile, List<String> standIns) {
        var stack = new TestStack(name, stackFile, Use.SIMULATION);
        var path = standIns.stream()
                .map(standIn -> Checkout.file("src/test/resources/" + standIn) + ":")
                .collect(Collectors.joining());
        stack.engine.add(Map.of(
                "DIGITALOCEAN_TOKEN",
                DIGITALOCEAN_TOKEN,
                "FAKE_AWS",
                stack.directory.toString(),
                "FAKE_VM",
                stack.directory.toString(),
                "PATH",
                path + stack.path()));
        return stack;
    }

    /** A stack that can be brought up on this machine: the dev configuration with the images at hand and free ports. */
    public static TestStack runnable() {
        var stack = withImagesAtHand();
        stack.set("publishAddress", "127.0.0.1");
        stack.set("httpPort", String.valueOf(FreePort.any()));
        stack.set("httpsPort", String.valueOf(FreePort.any()));
        stack.initial = stack.config();
        return stack;
    }

    /**
     * A stack that can be brought up on another machine, on the default ports of all its addresses.
     *
     * @param variables what everything that is run for the stack gets added to its environment
     */
    public static TestStack runnableOn(String dockerHost, Map<String, String> variables) {
        var stack = withImagesAtHand();
        stack.set("dockerHost", dockerHost);
        stack.set("publishAddress", "0.0.0.0");
        stack.engine.add(variables);
        stack.initial = stack.config();
        return stack;
    }

    private static TestStack withImagesAtHand() {
        var stack = new TestStack(anyName(), "Pulumi.dev.yaml", Use.DOCKER);
        stack.setImagesAtHand();
        return stack;
    }

    private static String anyName() {
        return "t%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    }

    private void setImagesAtHand() {
        Checkout.images().forEach((key, image) -> {
            if (!key.startsWith("test")) {
                set(key, image);
            }
        });
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

    /** Puts a key back to what it was when the stack was made. */
    public void restore(String key) {
        if (initial.has("freshtrack:" + key)) {
            set(key, initial.path("freshtrack:" + key).asText());
        } else {
            unset(key);
        }
    }

    /** Puts the stack's whole configuration back to what it was when the stack was made. */
    void restore() {
        editConfig(config -> config.removeAll().setAll((ObjectNode) initial));
    }

    /** A key's plain value in the stack's file. */
    public String get(String key) {
        return config().path("freshtrack:" + key).asText();
    }

    /** Sets an encrypted key, as {@code pulumi config set --secret} does. */
    public void setSecret(String key, String value) {
        engine.ask(value, "config", "set", "--secret", "freshtrack:" + key);
    }

    /** {@code pulumi up} with these options. */
    public Outcome up(String... options) {
        if (use == Use.PREVIEW) {
            throw new IllegalStateException("the stack " + name + " is for previews only");
        }
        return operated("up", options);
    }

    /** A preview as reviewers read it, with {@code --diff} and these options. */
    public Outcome preview(String... options) {
        return recorded(engine.operate("preview", options));
    }

    /** {@code pulumi destroy} with these options. */
    public Outcome destroy(String... options) {
        return operated("destroy", options);
    }

    private Outcome operated(String operation, String... options) {
        var all = new ArrayList<>(List.of("--yes", "--skip-preview"));
        all.addAll(List.of(options));
        return recorded(engine.operate(operation, all.toArray(String[]::new)));
    }

    /** Runs a command with the stack's state and environment, whatever comes of it. */
    public Shell.Result run(Duration limit, String... command) {
        return Shell.run(limit, "", List.of(command), engine.variables());
    }

    /** A script of the project's own copy, with the stack as its last argument, whatever comes of it. */
    Shell.Result typed(String script, String... arguments) {
        var command =
                new ArrayList<>(List.of(directory.resolve("scripts/" + script).toString()));
        command.addAll(List.of(arguments));
        command.add(name);
        return run(Duration.ofMinutes(1), command.toArray(String[]::new));
    }

    /** One of the stack's outputs; a missing node when there is none with this name. */
    public JsonNode output(String output) {
        return Engine.parse(engine.ask("", "stack", "output", "--json")).path(output);
    }

    /** The stack's state with every secret decrypted. */
    public JsonNode state() {
        return Engine.parse(engine.ask("", "stack", "export", "--show-secrets")).path("deployment");
    }

    @Override
    public void close() {
        if (OPEN.remove(this)) {
            if (use == Use.DOCKER) {
                Docker.removeAll(prefix());
            }
            deleteDirectory();
        }
    }

    private Outcome recorded(Outcome outcome) {
        transcript.append(outcome.output());
        return outcome;
    }

    private String path() {
        return use == Use.SIMULATION ? Checkout.pathWithSimulatedClouds() : Checkout.environment("PATH");
    }

    private Path configFile() {
        return directory.resolve("Pulumi." + name + ".yaml");
    }

    private JsonNode config() {
        try {
            return YAML.readTree(configFile().toFile()).path("config");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void editConfig(Consumer<ObjectNode> edit) {
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
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of the throw-away project. */
    public void write(String file, String text) {
        try {
            var path = directory.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
