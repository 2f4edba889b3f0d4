package com.freshtrack.infra.pooling;

/**
 * One reason why a database or a pool is refused.
 *
 * @param key the configuration key to change, without its namespace
 * @param text every term of the sum that does not hold, and what would
 */
public record PoolProblem(String key, String text) {}
