package com.freshtrack.infra.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A project with the scripts, for the tests of one class, and in it the stack {@code prod}: {@code
 * examples/Pulumi.aws-fargate.yaml}, with simulated resources. After each test the stack's file and what the stand-ins for
 * {@code aws} and {@code curl} answer are as they were.
 */
final class FargateProject implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final List<String> CALLS = List.of("calls", "pulumi-calls");

    private final List<String> answers = new ArrayList<>();
    private TestStack stack;

    @Override
    public void beforeAll(ExtensionContext context) {
        stack = TestStack.simulated("prod", "examples/Pulumi.aws-fargate.yaml");
        Checkout.copyScripts(stack.directory());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        forget();
        CALLS.forEach(this::delete);
        stack.restore();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stack.close();
    }

    TestStack stack() {
        return stack;
    }

    /** Lets a stand-in answer a question with this line, until the end of the test. */
    void says(String question, String answer) {
        try {
            Files.writeString(file(question), answer + "\n");
            answers.add(question);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the stand-ins answer as at first, before the end of the test. */
    void forget() {
        answers.forEach(this::delete);
        answers.clear();
    }

    /** What the stand-in for {@code aws} was called with since the beginning of the test, a call a line. */
    List<String> awsCalls() {
        return lines("calls");
    }

    /** As {@link #awsCalls()}, of the stand-in for {@code pulumi}. */
    List<String> pulumiCalls() {
        return lines("pulumi-calls");
    }

    /** The text of a file of the project. */
    String text(String file) {
        try {
            return Files.readString(file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script of bash in the project's folder, with nothing on its standard input, whatever comes of it. */
    Shell.Result run(String script) {
        var lines = "unset AWS_REGION AWS_DEFAULT_REGION\ncd '" + stack.directory() + "'\n" + script;
        return stack.run(LIMIT, "bash", "-c", lines);
    }

    private List<String> lines(String file) {
        return Files.exists(file(file)) ? text(file).lines().toList() : List.of();
    }

    private Path file(String name) {
        return stack.directory().resolve(name);
    }

    private void delete(String file) {
        try {
            Files.deleteIfExists(file(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
