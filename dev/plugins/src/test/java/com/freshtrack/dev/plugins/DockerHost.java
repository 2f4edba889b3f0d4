package com.freshtrack.dev.plugins;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The Docker Engine of the machine at hand, seen without the plugin; what a test names is removed at its end. */
public final class DockerHost implements AutoCloseable {

    private static final String IMAGE_VARIABLE = "FRESHTRACK_PLUGIN_TEST_IMAGE";

    private static final String PUBLIC_IMAGE = "debian:bookworm-slim";

    private final Deque<List<String>> removals = new ArrayDeque<>();

    /** A Debian image that is on this host: a stand-in, or the public one where a registry answers. */
    public static String image() {
        String given = System.getenv(IMAGE_VARIABLE);
        if (given != null && !given.isEmpty()) {
            return given;
        }
        Optional<String> standIn = run("images", "--format", "{{.Repository}}:{{.Tag}}", "freshtrack-standin/debian")
                .lines()
                .filter(image -> image.contains(":bookworm"))
                .findFirst();
        if (standIn.isEmpty() && !exists("image", PUBLIC_IMAGE)) {
            run("pull", "--quiet", PUBLIC_IMAGE);
        }
        String image = standIn.orElse(PUBLIC_IMAGE);
        if (!exists("image", image)) {
            throw new AssertionError(
                    "no image to test with: build the stand-ins with dev/images/build, or name any local"
                            + " Debian image in " + IMAGE_VARIABLE);
        }
        return image;
    }

    /** A name of its own for a container, network or volume, removed when the test ends. */
    public String name(String kind) {
        byte[] random = new byte[4];
        ThreadLocalRandom.current().nextBytes(random);
        String name = "t" + HexFormat.of().formatHex(random) + "-" + kind;
        removals.addLast(
                kind.equals("container") ? List.of("rm", "--force", "--volumes", name) : List.of(kind, "rm", name));
        return name;
    }

    /** What docker prints with these arguments; fails when docker does, or when it takes too long. */
    public static String run(String... arguments) {
        return Ran.by(docker(arguments)).mustSucceed();
    }

    /** What docker prints with these arguments, whether it fails or not. */
    public static String attempt(String... arguments) {
        return Ran.by(docker(arguments)).output();
    }

    public static boolean exists(String kind, String name) {
        return attempt(kind, "inspect", "--format", "found", name).equals("found");
    }

    private static List<String> docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private static void remove(List<String> removal) {
        attempt(removal.toArray(String[]::new));
    }

    /** Containers go before the networks and volumes that they use. */
    @Override
    public void close() {
        removals.stream().filter(removal -> removal.get(0).equals("rm")).forEach(DockerHost::remove);
        removals.stream().filter(removal -> !removal.get(0).equals("rm")).forEach(DockerHost::remove);
    }
}
