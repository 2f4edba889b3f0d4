package com.freshtrack.infra.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An emulator of AWS for the tests of one class, <a href="https://docs.getmoto.org">moto</a>, on a free port of loopback, and the
 * real {@code aws} CLI that asks it. What it emulates is kept in its memory and gone with it.
 */
public final class Moto implements BeforeAllCallback, AfterAllCallback {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Path directory;
    private Process server;
    private String url;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        var python = Checkout.file(".local/moto/bin/python");
        if (!Files.isExecutable(python)) {
            throw new AssertionError(
                    python + " is missing: run 'scripts/setup --test', or the suite with 'make test-engine'");
        }
        directory = Files.createTempDirectory("freshtrack-moto-");
        int port = FreePort.any();
        url = "http://127.0.0.1:" + port;
        var log = directory.resolve("log");
        server = new ProcessBuilder(
                        python.toString(), "-m", "moto.server", "--host", "127.0.0.1", "--port", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
        var deadline = Instant.now().plus(LIMIT);
        while (!listens(port)) {
            if (!server.isAlive() || Instant.now().isAfter(deadline)) {
                server.destroy();
                throw new AssertionError("moto does not listen on port " + port + ":\n" + Files.readString(log));
            }
            Thread.sleep(100);
        }
        Files.writeString(directory.resolve("config"), "[default]\nregion = us-east-1\n");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server.destroy();
        server.waitFor();
        for (var file : List.of("config", "log", "")) {
            Files.delete(directory.resolve(file));
        }
    }

    /** With which {@code aws} is the CLI, and asks this emulator with credentials and a region. */
    public Map<String, String> variables() {
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                "testing",
                "AWS_CLI",
                Checkout.file(".local/moto/bin/aws").toString(),
                "AWS_CONFIG_FILE",
                directory.resolve("config").toString(),
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_SECRET_ACCESS_KEY",
                "testing",
                "AWS_SHARED_CREDENTIALS_FILE",
                directory.resolve("credentials").toString(),
                "MOTO",
                url,
                "PATH",
                Checkout.file("src/test/resources/real-aws") + ":" + Checkout.file("src/test/resources/fake-aws") + ":"
                        + Checkout.environment("PATH"));
    }

    /** What the CLI prints as text for arguments without spaces, less the line's end; fails when it does. */
    public String aws(String arguments) {
        var command = new ArrayList<>(List.of("env", "aws", "--output", "text"));
        command.addAll(List.of(arguments.split(" ")));
        var result = Shell.run(LIMIT, "", command, variables());
        if (!result.succeeded()) {
            throw new AssertionError(String.join(" ", command) + "\n" + result.output());
        }
        return result.output().strip();
    }

    /** Posts to moto's own API, by which a test decides what AWS would. */
    public void post(String path, String body) {
        var request = HttpRequest.newBuilder(URI.create(url + "/moto-api/" + path))
                .timeout(LIMIT)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(
                        "moto answers " + path + " with " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking moto", e);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
