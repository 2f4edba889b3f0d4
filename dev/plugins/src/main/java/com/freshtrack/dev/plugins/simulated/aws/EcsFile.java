package com.freshtrack.dev.plugins.simulated.aws;

import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.SimulatedPlugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells a stand-in of the AWS CLI what ECS would know: a file in the throw-away backend with a line for each task definition and
 * service, words with tabs between them. Of a service the last line counts. Nothing in it is secret.
 */
final class EcsFile implements Consumer<Inventory.Entry> {

    static final String NAME = "simulated-ecs";

    private static final String SERVICE = "aws:ecs/service:Service";
    private static final String TASK = "aws:ecs/taskDefinition:TaskDefinition";

    private final Optional<Path> file;

    EcsFile(Map<String, String> environment) {
        this.file = SimulatedPlugin.throwAwayBackend(environment).map(directory -> directory.resolve(NAME));
    }

    @Override
    public void accept(Inventory.Entry entry) {
        Map<String, Object> properties = entry.properties();
        switch (entry.type()) {
            case TASK -> write("task-definition", properties.get("arn"));
            case SERVICE -> write(
                    "service", properties.get("name"), properties.get("taskDefinition"), subnets(properties));
            default -> {
                // the CLI asks for nothing else
            }
        }
    }

    /** Sorted, with commas between them. */
    private static String subnets(Map<String, Object> service) {
        return service.get("networkConfiguration") instanceof Map<?, ?> network
                        && network.get("subnets") instanceof List<?> subnets
                ? subnets.stream().map(String::valueOf).sorted().collect(Collectors.joining(","))
                : "";
    }

    /** Nothing of what isn't known whole. */
    private synchronized void write(Object... words) {
        List<Object> known = Arrays.asList(words);
        if (known.contains(null)) {
            return;
        }
        String line = known.stream().map(String::valueOf).collect(Collectors.joining("\t", "", "\n"));
        file.ifPresent(path -> {
            try {
                Files.writeString(path, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
