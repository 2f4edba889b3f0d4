package com.freshtrack.infra.pooling;

import java.util.List;
import java.util.OptionalInt;

/**
 * Decides the size of a database platform's own transaction pool, which stands in for the PgBouncers of ours. It is one for all
 * API instances, has neither a minimum nor a reserve, and each edit makes a new one before the old one is gone: two count.
 */
public final class ManagedPool {
    private ManagedPool() {}

    /**
     * The plan, or the reason why there is none. What such a pool doesn't have is 0 in it.
     *
     * @param size server connections of the pool; derived where it is empty
     */
    public static PoolDecision plan(DatabaseCapacity capacity, int connectionsPerInstance, OptionalInt size) {
        int budget = capacity.maxConnections() - PoolSizingPolicy.reserve(capacity);
        if (size.isPresent() && 2L * size.getAsInt() > budget) {
            return new PoolDecision.Refused(List.of(new PoolProblem(
                    "defaultPoolSize",
                    "%s. The largest size that fits is %d. More carries %s."
                            .formatted(sum(capacity, size.getAsInt()), budget / 2, capacity.buysMore()))));
        }
        var request = new PoolRequest(
                PoolMode.TRANSACTION, size, OptionalInt.of(0), OptionalInt.of(0), OptionalInt.empty(), 0);
        var decision = PoolSizingPolicy.plan(capacity, ApiUnits.managedPool(connectionsPerInstance), request);
        return decision instanceof PoolDecision.Accepted accepted
                ? new PoolDecision.Accepted(managed(capacity, accepted.plan(), size.isPresent()))
                : decision;
    }

    private static PoolPlan managed(DatabaseCapacity capacity, PoolPlan plan, boolean given) {
        return new PoolPlan(
                plan.mode(),
                plan.pools(),
                plan.defaultPoolSize(),
                0,
                0,
                plan.maxDbConnections(),
                0,
                0,
                plan.unitsAtPeak(),
                plan.maxConnections(),
                plan.reserve(),
                plan.budget(),
                plan.worstCase(),
                plan.headroom(),
                plan.applicationConnectionLimit(),
                0,
                List.of(
                        "%s: its own %s pool of size %d (%s), no PgBouncer of ours"
                                .formatted(
                                        capacity.description(),
                                        plan.mode().text(),
                                        plan.defaultPoolSize(),
                                        given ? "given" : "derived"),
                        sum(capacity, plan.defaultPoolSize()) + ", headroom " + plan.headroom()));
    }

    private static String sum(DatabaseCapacity capacity, int size) {
        int reserve = PoolSizingPolicy.reserve(capacity);
        int budget = capacity.maxConnections() - reserve;
        return "worst case: 2 pools, because an edit makes the new one before the old one is gone, × size %d = %d %s budget %d = max_connections %d − reserve %d"
                .formatted(
                        size, 2L * size, 2L * size <= budget ? "≤" : ">", budget, capacity.maxConnections(), reserve);
    }
}
