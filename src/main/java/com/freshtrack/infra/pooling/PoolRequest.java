package com.freshtrack.infra.pooling;

import java.util.OptionalInt;

/**
 * The pool sizes that the stack file asks for, all per PgBouncer and in connections; what is empty is derived.
 *
 * @param maxPreparedStatements protocol-level prepared statements kept on each server connection, 0 for none
 */
public record PoolRequest(
        PoolMode mode,
        OptionalInt defaultPoolSize,
        OptionalInt minPoolSize,
        OptionalInt reservePoolSize,
        OptionalInt maxClientConn,
        int maxPreparedStatements) {}
