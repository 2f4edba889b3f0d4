package com.freshtrack.infra.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;

/** Short ways to ask the policy; null stands for a size that is not given. */
final class Plans {
    private Plans() {}

    static PoolRequest derived() {
        return sizes(null, null);
    }

    static PoolRequest sizes(Integer defaultPoolSize, Integer reservePoolSize) {
        return request(PoolMode.TRANSACTION, defaultPoolSize, null, reservePoolSize, null);
    }

    static PoolRequest request(
            PoolMode mode,
            Integer defaultPoolSize,
            Integer minPoolSize,
            Integer reservePoolSize,
            Integer maxClientConn) {
        return new PoolRequest(
                mode,
                optional(defaultPoolSize),
                optional(minPoolSize),
                optional(reservePoolSize),
                optional(maxClientConn),
                200);
    }

    static DatabaseCapacity database(int maxConnections, int platformReserve) {
        return new DatabaseCapacity("a database", maxConnections, platformReserve, "a larger one");
    }

    static ApiUnits units(int atPeak) {
        return new ApiUnits(atPeak, 10, 2);
    }

    static PoolPlan accepted(PoolDecision decision) {
        assertThat(decision).isInstanceOf(PoolDecision.Accepted.class);
        return ((PoolDecision.Accepted) decision).plan();
    }

    static List<PoolProblem> refused(PoolDecision decision) {
        assertThat(decision).isInstanceOf(PoolDecision.Refused.class);
        return ((PoolDecision.Refused) decision).problems();
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
