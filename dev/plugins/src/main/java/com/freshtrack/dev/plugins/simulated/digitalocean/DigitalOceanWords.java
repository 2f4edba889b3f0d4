package com.freshtrack.dev.plugins.simulated.digitalocean;

import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.MadeUp;
import com.freshtrack.dev.plugins.simulated.Words;
import com.freshtrack.dev.plugins.simulated.digitalocean.DropletSizes.Size;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/** The words in {@code digitalocean/outputs.txt} that take more than a template. */
final class DigitalOceanWords implements Words {

    private static final Set<String> WORDS = Set.of(
            "cluster",
            "deployment",
            "dropletCpus",
            "dropletDisk",
            "dropletHourly",
            "dropletMemory",
            "dropletMonthly",
            "recordName",
            "reservedIp");
    private static final double HOURS_OF_A_MONTH = 672;

    private final Inventory inventory;
    private final DropletSizes sizes;
    private final Optional<String> reservedIp;

    /**
     * @param reservedIp the address of all reserved IPs; empty where they are made up
     */
    DigitalOceanWords(Inventory inventory, DropletSizes sizes, Optional<String> reservedIp) {
        this.inventory = inventory;
        this.sizes = sizes;
        this.reservedIp = reservedIp;
    }

    @Override
    public boolean has(String word) {
        return WORDS.contains(word);
    }

    /** An address that was given stays, and a disk that isn't to grow with the Droplet. */
    @Override
    public boolean stays(String word, Map<String, Object> inputs) {
        return word.equals("reservedIp")
                || word.equals("dropletDisk") && Boolean.FALSE.equals(inputs.get("resizeDisk"));
    }

    @Override
    public String value(String word, String argument, MadeUp madeUp, Map<String, Object> properties) {
        return switch (word) {
            case "cluster" -> ofCluster(properties, argument);
            case "deployment" -> deployment(properties.get("spec"));
            case "dropletCpus" -> ofSize(properties, Size::cpus);
            case "dropletDisk" -> ofSize(properties, Size::diskGb);
            case "dropletHourly" -> ofSize(properties, size -> size.monthly() / HOURS_OF_A_MONTH);
            case "dropletMemory" -> ofSize(properties, Size::memoryMiB);
            case "dropletMonthly" -> ofSize(properties, Size::monthly);
            case "recordName" -> recordName(properties);
            case "reservedIp" -> reservedIp.orElseGet(() -> "203.0.113." + madeUp.octet());
            default -> throw new IllegalStateException("no such word: " + word);
        };
    }

    /** Another spec is another deployment, another encryption of its secrets is none. */
    private static String deployment(Object spec) {
        byte[] text = String.valueOf(EncryptedValues.without(spec)).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(text).toString();
    }

    private String ofSize(Map<String, Object> properties, ToDoubleFunction<Size> of) {
        return String.valueOf(
                sizes.of(properties.get("size")).map(of::applyAsDouble).orElse(0.0));
    }

    private static String recordName(Map<String, Object> properties) {
        Object domain = properties.get("domain");
        return "@".equals(properties.get("name")) ? String.valueOf(domain) : properties.get("name") + "." + domain;
    }

    /** A property of the database cluster, where this run knows it. */
    private String ofCluster(Map<String, Object> properties, String property) {
        return inventory
                .existing(DigitalOceanRefusals.CLUSTER, String.valueOf(properties.get("clusterId")))
                .map(cluster -> String.valueOf(cluster.properties().get(property)))
                .orElse("");
    }
}
