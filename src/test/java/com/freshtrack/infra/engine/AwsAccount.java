package com.freshtrack.infra.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An account at AWS as far as scripts ask for one: an {@code aws} and a {@code curl} on PATH that answer from files. */
final class AwsAccount implements AutoCloseable {
    static final String ID = "123456789012";

    private final Path directory;

    /** An account with which all is well. */
    AwsAccount() {
        try {
            directory = Files.createTempDirectory("freshtrack-aws-");
            Files.createDirectories(directory.resolve("answers"));
            for (var command : List.of("aws", "curl")) {
                Files.copy(
                        Checkout.file("src/test/resources/commands/answer"),
                        directory.resolve(command),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        says("aws", "aws-cli/2.31.0 Python/3.13.7 Linux/6.8 exe/x86_64");
        says("aws-configure-get", "us-east-1");
        says("aws-sts-get-caller-identity", ID + "\tarn:aws:iam::" + ID + ":user/ops");
        says("aws-ec2-describe-availability-zones", "us-east-1a\tus-east-1b\tus-east-1c");
        clockIsAhead(Duration.ZERO);
    }

    /** What a command prints from now on. */
    void says(String command, String answer) {
        write(command, answer);
    }

    /** What a command fails with from now on. */
    void refuses(String command, String reason) {
        write(command + ".error", reason);
    }

    /** How far AWS's clock is ahead of this machine's. */
    void clockIsAhead(Duration skew) {
        var time = ZonedDateTime.now(ZoneOffset.UTC).plus(skew);
        says("curl", "HTTP/1.1 302 Found\r\nDate: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(time) + "\r\n");
    }

    /** The command, to be run with this account and no other. */
    String[] command(String... command) {
        var all = new ArrayList<>(List.of("env", "-u", "AWS_REGION", "-u", "AWS_DEFAULT_REGION"));
        all.add("PATH=" + directory + ":" + System.getenv("PATH"));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String text) {
        try {
            Files.writeString(directory.resolve("answers").resolve(file), text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
