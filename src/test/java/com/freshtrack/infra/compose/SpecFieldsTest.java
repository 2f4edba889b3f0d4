package com.freshtrack.infra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.config.Resources;
import com.freshtrack.infra.services.FileSpec;
import com.freshtrack.infra.services.HealthCheck;
import com.freshtrack.infra.services.ProcessSpec;
import com.freshtrack.infra.services.ServiceSpec;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Each field of a specification reaches {@code compose.yaml}: another value is another text. A new field fails here until it is
 * rendered, and a new kind of value until it has another one.
 */
@Tag("unit")
class SpecFieldsTest {
    private static final ServiceSpec SPEC = new ServiceSpec(
            "api",
            Lifecycle.PERMANENT,
            "registry.example.com/api:1",
            new ProcessSpec(
                    List.of("/bin/sh"), List.of("run"), "1000:1000", new TreeMap<>(Map.of("A", "1")), "SIGTERM", 20),
            List.of(new FileSpec("/etc/api/plain", "text", false)),
            List.of(new PublishedPort(443, 8443, "127.0.0.1", "tcp")),
            List.of(Network.DATA),
            List.of(new Mount(new Volume("data"), "/data", false)),
            Optional.of(new HealthCheck(List.of("true"), 5, 4, 3, 2)),
            new Resources(0.5, 256),
            new Isolation(List.of("CAP_CHOWN"), 1024));

    @TestFactory
    Stream<DynamicTest> everyFieldIsRendered() throws Exception {
        var changed = changes(SPEC, "");
        assertThat(changed).hasSizeGreaterThan(25);
        return changed.stream()
                .map(change ->
                        DynamicTest.dynamicTest(change.field(), () -> assertThat(rendered((ServiceSpec) change.value()))
                                .as("another value of " + change.field())
                                .isNotEqualTo(rendered(SPEC))));
    }

    /** What host/deploy is told counts too: a file's text and whether it can be executed are the bundle's. */
    private static String rendered(ServiceSpec spec) {
        return ComposeFile.render("freshtrack-sample", List.of(spec))
                + spec.files().stream()
                        .map(file -> Bundle.File.of(spec.name(), file).permissions())
                        .toList();
    }

    private record Change(String field, Object value) {}

    /** The same value with one of its fields changed, and all that can be in it, one after another. */
    private static List<Change> changes(Object value, String path) throws Exception {
        var all = new ArrayList<Change>();
        if (value instanceof Optional<?> optional) {
            all.add(new Change(path, Optional.empty()));
            for (var inner : changes(optional.orElseThrow(), path)) {
                all.add(new Change(inner.field(), Optional.of(inner.value())));
            }
        } else if (value instanceof List<?> list) {
            assertThat(list).as(path).hasSize(1);
            all.add(new Change(path, List.of()));
            for (var inner : changes(list.get(0), path)) {
                all.add(new Change(inner.field(), List.of(inner.value())));
            }
        } else if (value instanceof Record) {
            for (var component : value.getClass().getRecordComponents()) {
                for (var inner : changes(component.getAccessor().invoke(value), path + "." + component.getName())) {
                    all.add(new Change(inner.field(), with(value, component.getName(), inner.value())));
                }
            }
            if (value instanceof Volume) {
                all.add(new Change(path + " (a folder of the host)", new HostFolder("/srv")));
            }
        } else {
            all.add(new Change(path, another(value, path)));
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
