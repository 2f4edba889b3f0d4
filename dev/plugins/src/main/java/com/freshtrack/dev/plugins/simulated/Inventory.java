package com.freshtrack.dev.plugins.simulated;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What one run of the plugin has learned, in memory alone: inputs from checks, what exists from the diffs and operations after
 * them. A resource that the program dropped is not known until it is removed, because no check or diff speaks of it.
 */
public final class Inventory {

    /** One resource; its id is empty while it is only asked for. */
    public record Entry(String urn, String type, String id, Map<String, Object> properties) {}

    private final Map<String, Entry> asked = new ConcurrentHashMap<>();
    private final Map<String, Entry> existing = new ConcurrentHashMap<>();
    private final Map<String, Entry> latest = new ConcurrentHashMap<>();
    private final Consumer<Entry> witness;

    /** @param witness is told of each resource that exists, as often as it is spoken of */
    public Inventory(Consumer<Entry> witness) {
        this.witness = witness;
    }

    /** A check: this is what the resource shall be. */
    public void ask(String urn, String type, Map<String, Object> inputs) {
        asked.put(urn, new Entry(urn, type, "", inputs));
    }

    public void exists(String urn, String type, String id, Map<String, Object> properties) {
        Entry entry = new Entry(urn, type, id, properties);
        existing.put(type + " " + id, entry);
        latest.put(urn, entry);
        witness.accept(entry);
    }

    public void remove(String type, String id) {
        existing.remove(type + " " + id);
    }

    /** What is asked for under other URNs. */
    public List<Entry> askedBeside(String urn, String type) {
        return asked.values().stream()
                .filter(entry -> entry.type().equals(type) && !entry.urn().equals(urn))
                .toList();
    }

    public List<Entry> existing(String type) {
        return existing.values().stream()
                .filter(entry -> entry.type().equals(type))
                .toList();
    }

    public Optional<Entry> existing(String type, String id) {
        return Optional.ofNullable(existing.get(type + " " + id));
    }

    /** The resource that a URN stood for last, gone or not. */
    public Optional<Entry> latest(String urn) {
        return Optional.ofNullable(latest.get(urn));
    }
}
