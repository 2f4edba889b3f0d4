package com.freshtrack.dev.plugins.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code docker container inspect} into the outputs that a Container always has. */
final class ContainerState {

    private static final long MEBIBYTE = 1024L * 1024L;

    private ContainerState() {}

    static boolean running(JsonNode container) {
        return container.path("State").path("Running").asBoolean();
    }

    /** {@code starting}, {@code healthy}, {@code unhealthy}, or empty without a health check. */
    static String health(JsonNode container) {
        return container.path("State").path("Health").path("Status").asText("");
    }

    /**
     * The computed outputs, by the names of the schema. Environment and labels are what was given, not what the image adds, as
     * resourceDockerContainerRead decides.
     */
    static Map<String, Object> computed(Inputs inputs, JsonNode container, String logs) {
        JsonNode config = container.path("Config");
        JsonNode host = container.path("HostConfig");
        Map<String, Object> computed = new TreeMap<>();
        computed.put("bridge", container.path("NetworkSettings").path("Bridge").asText(""));
        computed.put("containerLogs", logs);
        computed.put(
                "exitCode",
                running(container)
                        ? 0
                        : container.path("State").path("ExitCode").asInt());
        computed.put("networkDatas", networks(container.path("NetworkSettings").path("Networks")));
        computed.put("image", container.path("Image").asText());
        Map<String, Object> unlessGiven = new TreeMap<>();
        unlessGiven.put("name", container.path("Name").asText().replaceFirst("^/", ""));
        unlessGiven.put("command", texts(config.path("Cmd")));
        unlessGiven.put("entrypoints", texts(config.path("Entrypoint")));
        unlessGiven.put("envs", List.of());
        unlessGiven.put("labels", List.of());
        unlessGiven.put("healthcheck", healthcheck(config.path("Healthcheck")));
        unlessGiven.put("hostname", config.path("Hostname").asText(""));
        unlessGiven.put("init", host.path("Init").asBoolean(false));
        unlessGiven.put("ipcMode", host.path("IpcMode").asText(""));
        unlessGiven.put("logDriver", host.path("LogConfig").path("Type").asText(""));
        unlessGiven.put("platform", container.path("Platform").asText(""));
        unlessGiven.put("runtime", host.path("Runtime").asText(""));
        unlessGiven.put("securityOpts", texts(host.path("SecurityOpt")));
        unlessGiven.put("shmSize", host.path("ShmSize").asLong() / MEBIBYTE);
        unlessGiven.put("stopSignal", config.path("StopSignal").asText(""));
        unlessGiven.put("stopTimeout", config.path("StopTimeout").asInt(0));
        unlessGiven.forEach((name, value) -> {
            if (!inputs.has(name)) {
                computed.put(name, value);
            }
        });
        return computed;
    }

    /** The inputs that somebody changed on the running container; only {@code docker update} and a rename can. */
    static Map<String, Object> drifted(Inputs inputs, JsonNode container) {
        JsonNode host = container.path("HostConfig");
        Map<String, Object> actual = new TreeMap<>();
        actual.put("name", container.path("Name").asText().replaceFirst("^/", ""));
        actual.put("restart", host.path("RestartPolicy").path("Name").asText(""));
        actual.put(
                "maxRetryCount",
                host.path("RestartPolicy").path("MaximumRetryCount").asDouble());
        actual.put("cpuShares", host.path("CpuShares").asDouble());
        actual.put("cpuSet", host.path("CpusetCpus").asText(""));
        actual.put("memory", (double) (host.path("Memory").asLong() / MEBIBYTE));
        long swap = host.path("MemorySwap").asLong();
        actual.put("memorySwap", (double) (swap > 0 ? swap / MEBIBYTE : swap));
        actual.entrySet()
                .removeIf(entry -> !inputs.has(entry.getKey())
                        || entry.getValue().equals(inputs.values().get(entry.getKey())));
        return actual;
    }

    private static List<Object> networks(JsonNode networks) {
        List<Object> datas = new ArrayList<>();
        Map<String, JsonNode> sorted = new TreeMap<>();
        networks.fields().forEachRemaining(entry -> sorted.put(entry.getKey(), entry.getValue()));
        sorted.forEach((name, network) -> {
            Map<String, Object> data = new TreeMap<>();
            data.put("networkName", name);
            data.put("gateway", network.path("Gateway").asText(""));
            data.put("ipAddress", network.path("IPAddress").asText(""));
            data.put("ipPrefixLength", network.path("IPPrefixLen").asInt());
            data.put("ipv6Gateway", network.path("IPv6Gateway").asText(""));
            data.put("globalIpv6Address", network.path("GlobalIPv6Address").asText(""));
            data.put(
                    "globalIpv6PrefixLength",
                    network.path("GlobalIPv6PrefixLen").asInt());
            data.put("macAddress", network.path("MacAddress").asText(""));
            datas.add(data);
        });
        return datas;
    }

    private static Map<String, Object> healthcheck(JsonNode check) {
        Map<String, Object> healthcheck = new TreeMap<>();
        healthcheck.put("tests", texts(check.path("Test")));
        healthcheck.put("interval", duration(check.path("Interval")));
        healthcheck.put("timeout", duration(check.path("Timeout")));
        healthcheck.put("startPeriod", duration(check.path("StartPeriod")));
        healthcheck.put("startInterval", duration(check.path("StartInterval")));
        healthcheck.put("retries", check.path("Retries").asInt());
        return healthcheck;
    }

    /** Docker counts in nanoseconds, the provider writes text. */
    private static String duration(JsonNode nanoseconds) {
        return ReadBack.duration(nanoseconds.asLong() / 1_000_000);
    }

    private static List<Object> texts(JsonNode list) {
        List<Object> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
