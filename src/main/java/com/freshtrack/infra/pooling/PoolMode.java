package com.freshtrack.infra.pooling;

import java.util.Locale;

/**
 * When PgBouncer gives a server connection to the next client. PgBouncer's third mode, {@code statement}, forbids
 * transactions of more than one statement and is not offered.
 */
public enum PoolMode {
    TRANSACTION,
    SESSION;

    /** The value of {@code pool_mode} in {@code pgbouncer.ini}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
