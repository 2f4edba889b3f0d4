package com.freshtrack.infra.config;

import java.util.List;

/**
 * DigitalOcean Managed PostgreSQL.
 *
 * @param version PostgreSQL's major version
 * @param nodeCount 2 where a standby waits to take over, or else 1
 * @param adminCidrs IPv4 networks that reach it beside the product, sorted
 */
public record ManagedPostgresConfig(int version, ManagedPostgresSize size, int nodeCount, List<String> adminCidrs) {}
