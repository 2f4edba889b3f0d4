package com.freshtrack.dev.plugins.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the inputs of a Container as arguments of {@code docker create}. Values of environment variables are never among
 * them: they go through {@link ContainerEnvironment}.
 *
 * <p>Units are the official provider's (resource_docker_container_funcs.go, resourceDockerContainerCreate): memory and shmSize
 * in MiB.
 */
final class ContainerArguments {

    private static final Map<String, String> TEXTS = new LinkedHashMap<>();
    private static final Map<String, String> NUMBERS = new LinkedHashMap<>();
    private static final Map<String, String> LISTS = new LinkedHashMap<>();
    private static final Map<String, String> FLAGS = new LinkedHashMap<>();
    private static final Map<String, String> MAPS = new LinkedHashMap<>();
    private static final Map<String, String> DEVICE_RATES = new LinkedHashMap<>();

    static {
        TEXTS.put("name", "--name");
        TEXTS.put("hostname", "--hostname");
        TEXTS.put("domainname", "--domainname");
        TEXTS.put("user", "--user");
        TEXTS.put("workingDir", "--workdir");
        TEXTS.put("platform", "--platform");
        TEXTS.put("runtime", "--runtime");
        TEXTS.put("stopSignal", "--stop-signal");
        TEXTS.put("cpus", "--cpus");
        TEXTS.put("cpuSet", "--cpuset-cpus");
        TEXTS.put("cgroupParent", "--cgroup-parent");
        TEXTS.put("cgroupnsMode", "--cgroupns");
        TEXTS.put("ipcMode", "--ipc");
        TEXTS.put("pidMode", "--pid");
        TEXTS.put("usernsMode", "--userns");
        TEXTS.put("logDriver", "--log-driver");
        NUMBERS.put("stopTimeout", "--stop-timeout");
        NUMBERS.put("cpuShares", "--cpu-shares");
        NUMBERS.put("cpuPeriod", "--cpu-period");
        NUMBERS.put("cpuQuota", "--cpu-quota");
        LISTS.put("dns", "--dns");
        LISTS.put("dnsOpts", "--dns-option");
        LISTS.put("dnsSearches", "--dns-search");
        LISTS.put("groupAdds", "--group-add");
        LISTS.put("securityOpts", "--security-opt");
        FLAGS.put("init", "--init");
        FLAGS.put("privileged", "--privileged");
        FLAGS.put("publishAllPorts", "--publish-all");
        FLAGS.put("readOnly", "--read-only");
        FLAGS.put("rm", "--rm");
        FLAGS.put("stdinOpen", "--interactive");
        FLAGS.put("tty", "--tty");
        MAPS.put("logOpts", "--log-opt");
        MAPS.put("storageOpts", "--storage-opt");
        MAPS.put("sysctls", "--sysctl");
        DEVICE_RATES.put("deviceReadBps", "--device-read-bps");
        DEVICE_RATES.put("deviceReadIops", "--device-read-iops");
        DEVICE_RATES.put("deviceWriteBps", "--device-write-bps");
        DEVICE_RATES.put("deviceWriteIops", "--device-write-iops");
    }

    private final Inputs inputs;
    private final List<String> arguments = new ArrayList<>();

    private ContainerArguments(Inputs inputs) {
        this.inputs = inputs;
    }

    /** Everything between {@code docker} and the end, given the options that bring the environment in. */
    static List<String> create(Inputs inputs, List<String> environmentOptions) {
        ContainerArguments command = new ContainerArguments(inputs);
        command.arguments.add("create");
        command.simpleOptions();
        command.resources();
        command.network();
        command.storage();
        command.healthcheck();
        command.arguments.addAll(environmentOptions);
        command.imageAndCommand();
        return command.arguments;
    }

    private void simpleOptions() {
        TEXTS.forEach((name, option) -> inputs.text(name).ifPresent(text -> add(option, text)));
        NUMBERS.forEach((name, option) -> inputs.number(name).ifPresent(number -> add(option, number.toString())));
        LISTS.forEach((name, option) -> inputs.texts(name).forEach(text -> add(option, text)));
        FLAGS.forEach((name, option) -> {
            if (inputs.has(name)) {
                arguments.add(option + "=" + inputs.flag(name, false));
            }
        });
        MAPS.forEach((name, option) -> inputs.map(name).forEach((key, value) -> add(option, key + "=" + value)));
        DEVICE_RATES.forEach((name, option) -> inputs.objects(name)
                .forEach(device -> add(
                        option,
                        device.text("path").orElse("") + ":"
                                + device.number("rate").orElse(0L))));
        inputs.object("capabilities").ifPresent(capabilities -> {
            capabilities.texts("adds").forEach(capability -> add("--cap-add", capability));
            capabilities.texts("drops").forEach(capability -> add("--cap-drop", capability));
        });
        inputs.objects("labels").forEach(label -> add("--label", pair(label, "label", "=", "value")));
        inputs.objects("hosts").forEach(host -> add("--add-host", pair(host, "host", ":", "ip")));
        inputs.text("restart").ifPresent(policy -> add("--restart", restart(inputs, policy)));
    }

    /** The restart policy as docker writes it: a retry count belongs to {@code on-failure} only. */
    static String restart(Inputs inputs, String policy) {
        long retries = inputs.number("maxRetryCount").orElse(0L);
        return policy.equals("on-failure") && retries > 0 ? policy + ":" + retries : policy;
    }

    private void resources() {
        inputs.number("memory").ifPresent(mebibytes -> add("--memory", mebibytes + "m"));
        inputs.number("memoryReservation").ifPresent(mebibytes -> add("--memory-reservation", mebibytes + "m"));
        inputs.number("memorySwap").ifPresent(mebibytes -> add("--memory-swap", swap(mebibytes)));
        inputs.number("shmSize").ifPresent(mebibytes -> add("--shm-size", mebibytes + "m"));
        inputs.objects("ulimits")
                .forEach(limit -> add(
                        "--ulimit",
                        limit.text("name").orElse("") + "="
                                + limit.number("soft").orElse(0L) + ":"
                                + limit.number("hard").orElse(0L)));
        inputs.objects("devices")
                .forEach(device -> add(
                        "--device",
                        device.text("hostPath").orElse("")
                                + ":"
                                + device.text("containerPath")
                                        .orElse(device.text("hostPath").orElse(""))
                                + ":"
                                + device.text("permissions").orElse("rwm")));
    }

    /** -1 stands for unlimited swap. */
    static String swap(long mebibytes) {
        return mebibytes > 0 ? mebibytes + "m" : Long.toString(mebibytes);
    }

    private void network() {
        List<Inputs> networks = inputs.objects("networksAdvanced");
        if (networks.isEmpty()) {
            inputs.text("networkMode").ifPresent(mode -> add("--network", mode));
        } else {
            Inputs first = networks.get(0);
            List<String> fields = new ArrayList<>();
            fields.add("name=" + first.text("name").orElse(""));
            first.texts("aliases").forEach(alias -> fields.add("alias=" + alias));
            first.text("ipv4Address").ifPresent(address -> fields.add("ip=" + address));
            first.text("ipv6Address").ifPresent(address -> fields.add("ip6=" + address));
            first.texts("linkLocalIps").forEach(address -> fields.add("link-local-ip=" + address));
            first.texts("driverOpts").forEach(option -> fields.add("driver-opt=" + option));
            add("--network", Mounts.csv(fields));
        }
        inputs.objects("ports").forEach(port -> add("--publish", publish(port)));
    }

    /** The further networks: each is joined by a {@code docker network connect} before the start. */
    static List<List<String>> connections(Inputs inputs, String container) {
        List<List<String>> commands = new ArrayList<>();
        for (Inputs network :
                inputs.objects("networksAdvanced").stream().skip(1).toList()) {
            List<String> command = new ArrayList<>(List.of("network", "connect"));
            network.texts("aliases").forEach(alias -> command.addAll(List.of("--alias", alias)));
            network.text("ipv4Address").ifPresent(address -> command.addAll(List.of("--ip", address)));
            network.text("ipv6Address").ifPresent(address -> command.addAll(List.of("--ip6", address)));
            network.texts("linkLocalIps").forEach(address -> command.addAll(List.of("--link-local-ip", address)));
            network.texts("driverOpts").forEach(option -> command.addAll(List.of("--driver-opt", option)));
            command.add(network.text("name").orElse(""));
            command.add(container);
            commands.add(command);
        }
        return commands;
    }

    private static String publish(Inputs port) {
        String protocol = "/" + port.text("protocol").orElse("tcp");
        String internal = port.number("internal").orElse(0L) + protocol;
        Optional<String> ip = port.text("ip").map(address -> address.contains(":") ? "[" + address + "]" : address);
        String external = port.number("external").map(Object::toString).orElse("");
        if (ip.isPresent()) {
            return ip.get() + ":" + external + ":" + internal;
        }
        return external.isEmpty() ? internal : external + ":" + internal;
    }

    private void storage() {
        inputs.objects("volumes").forEach(volume -> {
            Optional<String> from = volume.text("fromContainer");
            if (from.isPresent()) {
                add("--volumes-from", from.get());
            } else {
                add("--volume", Mounts.volume(volume));
            }
        });
        inputs.objects("mounts").forEach(mount -> add("--mount", Mounts.mount(mount)));
        inputs.map("tmpfs").forEach((path, options) -> add("--tmpfs", options.isEmpty() ? path : path + ":" + options));
    }

    private void healthcheck() {
        inputs.object("healthcheck").ifPresent(check -> {
            List<String> tests = check.texts("tests");
            if (tests.equals(List.of("NONE"))) {
                arguments.add("--no-healthcheck");
                return;
            }
            if (!tests.isEmpty()) {
                add("--health-cmd", healthCommand(tests));
            }
            check.text("interval").ifPresent(duration -> add("--health-interval", duration));
            check.text("timeout").ifPresent(duration -> add("--health-timeout", duration));
            check.text("startPeriod").ifPresent(duration -> add("--health-start-period", duration));
            check.text("startInterval").ifPresent(duration -> add("--health-start-interval", duration));
            check.number("retries").ifPresent(retries -> add("--health-retries", retries.toString()));
        });
    }

    /** The docker command knows shell checks only, so that a {@code CMD} check is quoted into one: it needs /bin/sh inside. */
    private static String healthCommand(List<String> tests) {
        if (tests.get(0).equals("CMD-SHELL")) {
            return String.join(" ", tests.subList(1, tests.size()));
        }
        List<String> words = tests.get(0).equals("CMD") ? tests.subList(1, tests.size()) : tests;
        return "exec "
                + String.join(" ", words.stream().map(ContainerArguments::quote).toList());
    }

    private static String quote(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** The docker command takes one word as entry point; further words go before the command, where they mean the same. */
    private void imageAndCommand() {
        List<String> entrypoints = inputs.texts("entrypoints");
        if (!entrypoints.isEmpty()) {
            add("--entrypoint", entrypoints.get(0));
        }
        arguments.add(inputs.text("image").orElse(""));
        entrypoints.stream().skip(1).forEach(arguments::add);
        arguments.addAll(inputs.texts("command"));
    }

    private static String pair(Inputs object, String key, String separator, String value) {
        return object.text(key).orElse("") + separator + object.text(value).orElse("");
    }

    private void add(String option, String value) {
        arguments.add(option);
        arguments.add(value);
    }
}
