package com.freshtrack.infra.pooling;

import static com.freshtrack.infra.pooling.Plans.accepted;
import static com.freshtrack.infra.pooling.Plans.derived;
import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PoolSizingTest {
    private final Map<String, Map<String, Object>> inputsByType = new HashMap<>();

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    @Test
    void thePlanIsTheInputsOfTheComponent() {
        var plan = accepted(
                PoolSizingPolicy.plan(DatabaseCapacity.container(100, 2048, 512), ApiUnits.dockerHost(20), derived()));

        var result = PulumiTest.withMocks(recording())
                .runTest(context -> new PoolSizing("pools", new PoolSizing.Args(plan), ComponentResourceOptions.Empty))
                .throwOnError();

        assertThat(result.resources()).filteredOn(PoolSizing.class::isInstance).hasSize(1);
        assertThat(inputsByType.get(PoolSizing.TYPE))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("mode", "transaction"),
                        Map.entry("pools", 1.0),
                        Map.entry("defaultPoolSize", 25.0),
                        Map.entry("minPoolSize", 10.0),
                        Map.entry("reservePoolSize", 5.0),
                        Map.entry("maxDbConnections", 30.0),
                        Map.entry("maxClientConn", 1000.0),
                        Map.entry("maxPreparedStatements", 200.0),
                        Map.entry("unitsAtPeak", 2.0),
                        Map.entry("maxConnections", 100.0),
                        Map.entry("reserve", 15.0),
                        Map.entry("budget", 85.0),
                        Map.entry("worstCase", 60.0),
                        Map.entry("headroom", 25.0),
                        Map.entry("applicationConnectionLimit", 85.0),
                        Map.entry("fileDescriptors", 1124.0)));
    }

    private Mocks recording() {
        return new Mocks() {
            @Override
            public CompletableFuture<Mocks.ResourceResult> newResourceAsync(Mocks.ResourceArgs args) {
                inputsByType.put(args.type, args.inputs);
                return CompletableFuture.completedFuture(Mocks.ResourceResult.of(Optional.of(args.name), args.inputs));
            }
        };
    }
}
