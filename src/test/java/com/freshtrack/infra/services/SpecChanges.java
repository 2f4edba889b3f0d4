package com.freshtrack.infra.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.services.ServiceSpec.HostFolder;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.freshtrack.infra.services.ServiceSpec.PublishedPort;
import com.freshtrack.infra.services.ServiceSpec.Volume;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A specification with each of its fields changed, one after another: what a target renders is another text then. A new kind of value
 * fails here until it has another one.
 */
public final class SpecChanges {
    /** One with something in each field. */
    public static final ServiceSpec SPEC = new ServiceSpec(
            "api",
            Lifecycle.PERMANENT,
            "ghcr.io/acme/api:1",
            new ProcessSpec(
                    List.of("/bin/sh"), List.of("run"), "1000:1000", new TreeMap<>(Map.of("A", "1")), "SIGTERM", 20),
            List.of(new FileSpec("/etc/api/plain", "text", false)),
            List.of(new PublishedPort(443, 8443, "127.0.0.1", "tcp")),
            List.of(Network.DATA),
            List.of(new Mount(new Volume("data"), "/data", false)),
            Optional.of(new HealthCheck(List.of("true"), 5, 4, 3, 2)),
            new Resources(0.5, 256),
            new Isolation(List.of("CAP_CHOWN"), 1024));

    /** The specification with one field changed, which is called by its path. */
    public record Change(String field, ServiceSpec spec) {}

    private record Changed(String field, Object value) {}

    private SpecChanges() {}

    /** All of them, in the order of the fields. */
    public static List<Change> all() throws Exception {
        return changes(SPEC, "").stream()
                .map(changed -> new Change(changed.field().substring(1), (ServiceSpec) changed.value()))
                .toList();
    }

    /** The same value with one of its fields changed, and all that can be in it, one after another. */
    private static List<Changed> changes(Object value, String path) throws Exception {
        var all = new ArrayList<Changed>();
        if (value instanceof Optional<?> optional) {
            all.add(new Changed(path, Optional.empty()));
            for (var inner : changes(optional.orElseThrow(), path)) {
                all.add(new Changed(inner.field(), Optional.of(inner.value())));
            }
        } else if (value instanceof List<?> list) {
            assertThat(list).as(path).hasSize(1);
            all.add(new Changed(path, List.of()));
            for (var inner : changes(list.get(0), path)) {
                all.add(new Changed(inner.field(), List.of(inner.value())));
            }
        } else if (value instanceof Record) {
            for (var component : value.getClass().getRecordComponents()) {
                for (var inner : changes(component.getAccessor().invoke(value), path + "." + component.getName())) {
                    all.add(new Changed(inner.field(), with(value, component.getName(), inner.value())));
                }
            }
            if (value instanceof Volume) {
                all.add(new Changed(path + " (a folder of the host)", new HostFolder("/srv")));
            }
        } else {
            all.add(new Changed(path, another(value, path)));
        }
        return all;
    }

    private static Object another(Object value, String path) {
        if (value instanceof String text) {
            return text + "2";
        } else if (value instanceof Integer number) {
            return number + 1;
        } else if (value instanceof Double number) {
            return number + 1;
        } else if (value instanceof Boolean truth) {
            return !truth;
        } else if (value instanceof Lifecycle) {
            return Lifecycle.ONE_OFF;
        } else if (value instanceof Network) {
            return Network.EDGE;
        } else if (value instanceof SortedMap<?, ?>) {
            return new TreeMap<>(Map.of("B", "2"));
        }
        throw new AssertionError(path + " is a " + value.getClass() + ": say here what another one is");
    }

    private static Object with(Object record, String changed, Object value) throws Exception {
        var components = record.getClass().getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Collection<Object> values = new ArrayList<>();
        for (var component : components) {
            values.add(
                    component.getName().equals(changed)
                            ? value
                            : component.getAccessor().invoke(record));
        }
        return record.getClass().getDeclaredConstructor(types).newInstance(values.toArray());
    }
}
