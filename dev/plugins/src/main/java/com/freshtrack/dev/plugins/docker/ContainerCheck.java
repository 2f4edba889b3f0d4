package com.freshtrack.dev.plugins.docker;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses what the plugin wouldn't act on, and what the official provider refuses at creation. No message holds a value. */
final class ContainerCheck {

    private static final Set<String> NOT_ACTED_ON = Set.of("gpus", "deviceRequests");
    private static final Set<String> NETWORK_NOT_ACTED_ON = Set.of("macAddress", "gwPriority");
    private static final Set<String> MODES_BESIDE_NETWORKS = Set.of("default", "bridge");
    private static final Set<String> DOCKERS_OWN_VARIABLES = Set.of("PATH", "HOME");

    private final List<String> problems = new ArrayList<>();

    private ContainerCheck() {}

    static List<String> problems(Map<String, Object> values) {
        ContainerCheck check = new ContainerCheck();
        values.keySet().stream().filter(NOT_ACTED_ON::contains).forEach(check::refuse);
        check.networks(values);
        check.uploads(values);
        check.environment(values);
        check.command(values);
        return check.problems;
    }

    private void networks(Map<String, Object> values) {
        List<Map<?, ?>> networks = objects(values.get("networksAdvanced"));
        for (int i = 0; i < networks.size(); i++) {
            for (Object name : networks.get(i).keySet()) {
                if (NETWORK_NOT_ACTED_ON.contains(name)) {
                    refuse("networksAdvanced[" + i + "]." + name);
                }
            }
        }
        if (!networks.isEmpty()
                && values.get("networkMode") instanceof String mode
                && !MODES_BESIDE_NETWORKS.contains(mode)) {
            problems.add(
                    "property \"networkMode\" can't be combined with networksAdvanced by the bundled docker plugin;"
                            + " allowed beside it are default and bridge");
        }
    }

    private void uploads(Map<String, Object> values) {
        List<Map<?, ?>> uploads = objects(values.get("uploads"));
        for (int i = 0; i < uploads.size(); i++) {
            Map<?, ?> upload = uploads.get(i);
            String path = "uploads[" + i + "]";
            long given = List.of("content", "contentBase64", "source").stream()
                    .filter(name -> upload.get(name) != null && !"".equals(upload.get(name)))
                    .count();
            if (given != 1) {
                // the official provider's rule, at creation: resourceDockerContainerCreate, "error with upload content"
                problems.add("property \"" + path
                        + "\" must have exactly one of content, contentBase64 and source, and not an empty one; it has "
                        + given);
            }
            if (upload.get("permissions") instanceof String permissions && !permissions.matches("0?[0-7]{3,4}")) {
                problems.add("property \"" + path + ".permissions\" must be three or four octal digits, such as 0444");
            }
            if (upload.get("contentBase64") instanceof String text && !isBase64(text)) {
                problems.add("property \"" + path + ".contentBase64\" isn't base64");
            }
        }
        if (!uploads.isEmpty() && Boolean.TRUE.equals(values.get("readOnly"))) {
            problems.add("property \"readOnly\": Docker refuses uploads into a read-only root filesystem;"
                    + " use a volume for the files, or leave readOnly out");
        }
    }

    private void environment(Map<String, Object> values) {
        List<?> envs = values.get("envs") instanceof List<?> list ? list : List.of();
        for (int i = 0; i < envs.size(); i++) {
            if (!(envs.get(i) instanceof String env)) {
                continue;
            }
            String path = "property \"envs[" + i + "]\" ";
            int equals = env.indexOf('=');
            if (equals < 1 || env.substring(0, equals).matches("(?s)#.*|.*\\s.*")) {
                problems.add(path + "must be NAME=VALUE with a name that has no blanks and doesn't start with #");
            } else if (env.contains("\n") && isDockersOwn(env.substring(0, equals))) {
                problems.add(path + "has several lines and a name that the docker command itself reads;"
                        + " give it one line, or another name");
            }
        }
    }

    private static boolean isDockersOwn(String name) {
        return DOCKERS_OWN_VARIABLES.contains(name) || name.startsWith("DOCKER_") || name.startsWith("LD_");
    }

    private void command(Map<String, Object> values) {
        if (values.get("command") instanceof List<?> words && words.contains("")) {
            // resourceDockerContainerCreate: "values for command may not be empty"
            problems.add("property \"command\": values for command may not be empty");
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<Map<?, ?>> objects(Object value) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                objects.add(item instanceof Map<?, ?> map ? map : Map.of());
            }
        }
        return objects;
    }

    private void refuse(String path) {
        problems.add("property \"" + path
                + "\" isn't acted on by the bundled docker plugin; remove it, or use the official one");
    }
}
