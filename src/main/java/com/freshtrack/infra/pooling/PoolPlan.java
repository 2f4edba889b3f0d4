package com.freshtrack.infra.pooling;

import java.util.List;

/**
 * The pool sizes of one stack and the sum that proves them, made by {@link PoolSizingPolicy}; all but the mode and the
 * explanation are counts.
 *
 * @param pools (database, user) pairs of one PgBouncer
 * @param maxDbConnections the most server connections of one PgBouncer: pools × (default + reserve)
 * @param maxClientConn the most client connections of one PgBouncer
 * @param maxConnections {@code max_connections} of PostgreSQL
 * @param reserve connections of PostgreSQL that the poolers never use
 * @param budget {@code maxConnections - reserve}
 * @param worstCase {@code unitsAtPeak × maxDbConnections}, never above the budget
 * @param headroom {@code budget - worstCase}
 * @param applicationConnectionLimit {@code CONNECTION LIMIT} of the role that the application logs in with
 * @param fileDescriptors the limit that one PgBouncer needs
 * @param explanation the same as readable sums, a line each
 */
public record PoolPlan(
        PoolMode mode,
        int pools,
        int defaultPoolSize,
        int minPoolSize,
        int reservePoolSize,
        int maxDbConnections,
        int maxClientConn,
        int maxPreparedStatements,
        int unitsAtPeak,
        int maxConnections,
        int reserve,
        int budget,
        int worstCase,
        int headroom,
        int applicationConnectionLimit,
        int fileDescriptors,
        List<String> explanation) {

    public PoolPlan {
        explanation = List.copyOf(explanation);
    }
}
