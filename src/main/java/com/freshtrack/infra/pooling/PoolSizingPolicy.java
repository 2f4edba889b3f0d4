package com.freshtrack.infra.pooling;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides how many server connections each PgBouncer may open, so that all of them together never exhaust
 * {@code max_connections}, and derives every size that was not asked for.
 *
 * <p>A pool is one (database, user) pair and may open {@code default_pool_size + reserve_pool_size} connections; a file
 * descriptor goes to each client and to each server connection (https://www.pgbouncer.org/config.html). Cancel requests
 * may open as many connections again, but are sent before login: they cost descriptors, not slots of PostgreSQL.
 */
public final class PoolSizingPolicy {
    private static final int POOLS = 1;
    /** What the original rule keeps for administration and monitoring. */
    private static final int ADMINISTRATION = 15;
    /**
     * Most connections that go around the pooler: what the roles of the backup and of the exporter are limited to, 3 each, and
     * one each for migrations, rotation, an administrator and a probe.
     */
    private static final int DIRECT = 10;

    private static final int LARGEST_DERIVED_DEFAULT = 25;
    private static final int LARGEST_DERIVED_RESERVE = 5;
    private static final int LARGEST_DERIVED_MINIMUM = 10;
    private static final int DERIVED_CLIENTS = 1000;

    /** Descriptors for what PgBouncer opens besides connections: listening sockets, name resolution, its event loop. */
    private static final int OWN_DESCRIPTORS = 64;
    /** {@code fs.nr_open} of Linux as it comes (https://docs.kernel.org/admin-guide/sysctl/fs.html). */
    private static final int MOST_DESCRIPTORS = 1_048_576;

    private final DatabaseCapacity capacity;
    private final ApiUnits units;
    private final PoolRequest request;
    private final int reserve;
    private final int budget;
    private final List<PoolProblem> problems = new ArrayList<>();

    private PoolSizingPolicy(DatabaseCapacity capacity, ApiUnits units, PoolRequest request) {
        this.capacity = capacity;
        this.units = units;
        this.request = request;
        this.reserve = reserve(capacity);
        this.budget = capacity.maxConnections() - reserve;
    }

    /** The plan for this database, these units and this request, or every reason why there is none. */
    public static PoolDecision plan(DatabaseCapacity capacity, ApiUnits units, PoolRequest request) {
        return new PoolSizingPolicy(capacity, units, request).decide();
    }

    /** Connections of this database that no pool may use. */
    static int reserve(DatabaseCapacity capacity) {
        return Math.max(ADMINISTRATION, capacity.platformReserve() + DIRECT);
    }

    private PoolDecision decide() {
        refuseBelow(
                "defaultPoolSize",
                "default_pool_size",
                request.defaultPoolSize().orElse(1),
                1);
        refuseBelow("minPoolSize", "min_pool_size", request.minPoolSize().orElse(0), 0);
        refuseBelow(
                "reservePoolSize",
                "reserve_pool_size",
                request.reservePoolSize().orElse(0),
                0);
        refuseBelow("maxPreparedStatements", "max_prepared_statements", request.maxPreparedStatements(), 0);
        if (!problems.isEmpty()) {
            return new PoolDecision.Refused(problems);
        }

        var defaultPoolSize = request.defaultPoolSize().orElse((int) Math.max(
                1,
                Math.min(
                        LARGEST_DERIVED_DEFAULT,
                        largestDefault(request.reservePoolSize().orElse(0)))));
        var reservePoolSize = request.reservePoolSize()
                .orElse((int) Math.max(0, Math.min(LARGEST_DERIVED_RESERVE, largestReserve(defaultPoolSize))));
        var sizesFit = checkSizes(defaultPoolSize, reservePoolSize);
        var minPoolSize = request.minPoolSize().orElse(Math.min(LARGEST_DERIVED_MINIMUM, defaultPoolSize));
        if (sizesFit || request.defaultPoolSize().isPresent()) {
            checkMinimum(minPoolSize, defaultPoolSize);
        }
        if (!sizesFit) {
            checkClients(0);
            return new PoolDecision.Refused(problems);
        }
        var maxDbConnections = POOLS * (defaultPoolSize + reservePoolSize);
        checkSession(maxDbConnections);
        var maxClientConn = checkClients(maxDbConnections);
        return problems.isEmpty()
                ? new PoolDecision.Accepted(
                        accepted(defaultPoolSize, minPoolSize, reservePoolSize, maxDbConnections, maxClientConn))
                : new PoolDecision.Refused(problems);
    }

    private void refuseBelow(String key, String name, int value, int least) {
        if (value < least) {
            problems.add(new PoolProblem(key, "%s %d must be at least %d".formatted(name, value, least)));
        }
    }

    private long serverConnections(long defaultPoolSize, long reservePoolSize) {
        return (long) units.atPeak() * POOLS * (defaultPoolSize + reservePoolSize);
    }

    private boolean fits(long defaultPoolSize, long reservePoolSize) {
        return serverConnections(defaultPoolSize, reservePoolSize) <= budget
                && POOLS * defaultPoolSize < capacity.maxConnections() - ADMINISTRATION;
    }

    /** The largest default_pool_size that fits beside this reserve; below 1 where none does. */
    private long largestDefault(long reservePoolSize) {
        var byBudget = Math.floorDiv(budget, (long) units.atPeak() * POOLS) - reservePoolSize;
        var byOriginalRule = Math.floorDiv(capacity.maxConnections() - ADMINISTRATION - 1, POOLS);
        return Math.min(byBudget, byOriginalRule);
    }

    /** The largest reserve_pool_size that fits beside this default; below 0 where none does. */
    private long largestReserve(long defaultPoolSize) {
        return Math.floorDiv(budget, (long) units.atPeak() * POOLS) - defaultPoolSize;
    }

    private boolean checkSizes(int defaultPoolSize, int reservePoolSize) {
        if (fits(defaultPoolSize, reservePoolSize)) {
            return true;
        }
        var needed = Math.max(
                serverConnections(defaultPoolSize, reservePoolSize) + reserve,
                POOLS * (long) defaultPoolSize + ADMINISTRATION + 1);
        var sum = "%s; %s. %s What was asked for needs max_connections of at least %d: %s."
                .formatted(
                        worstCaseSum(defaultPoolSize, reservePoolSize),
                        originalSum(defaultPoolSize),
                        largest(defaultPoolSize, reservePoolSize),
                        needed,
                        capacity.buysMore());
        var key = !fits(1, 0)
                ? "maxConnections"
                : request.defaultPoolSize().isPresent() ? "defaultPoolSize" : "reservePoolSize";
        problems.add(new PoolProblem(key, sum));
        return false;
    }

    private String largest(int defaultPoolSize, int reservePoolSize) {
        if (!fits(1, 0)) {
            return "No pool fits, not even one of a single connection.";
        }
        var sentences = new ArrayList<String>();
        if (request.defaultPoolSize().isPresent()) {
            var largest = largestDefault(reservePoolSize);
            sentences.add(
                    largest < 1
                            ? "No default_pool_size fits beside reserve_pool_size %d.".formatted(reservePoolSize)
                            : "The largest default_pool_size that fits beside reserve_pool_size %d is %d."
                                    .formatted(reservePoolSize, largest));
        }
        if (request.reservePoolSize().isPresent()) {
            var largest = largestReserve(defaultPoolSize);
            sentences.add(
                    largest < 0 || !fits(defaultPoolSize, largest)
                            ? "No reserve_pool_size fits beside default_pool_size %d.".formatted(defaultPoolSize)
                            : "The largest reserve_pool_size that fits beside default_pool_size %d is %d."
                                    .formatted(defaultPoolSize, largest));
        }
        return String.join(" ", sentences);
    }

    private void checkMinimum(int minPoolSize, int defaultPoolSize) {
        if (minPoolSize > defaultPoolSize) {
            problems.add(new PoolProblem(
                    "minPoolSize",
                    "min_pool_size %d must not be above default_pool_size %d (%s): at most %d, or a larger freshtrack:defaultPoolSize"
                            .formatted(
                                    minPoolSize,
                                    defaultPoolSize,
                                    origin(request.defaultPoolSize().isPresent()),
                                    defaultPoolSize)));
        }
    }

    /** In session mode a client keeps its server connection: what an API instance opens beyond the cap would wait for ever. */
    private void checkSession(int maxDbConnections) {
        if (request.mode() == PoolMode.SESSION && units.connectionsPerInstance() > maxDbConnections) {
            problems.add(new PoolProblem(
                    "poolMode",
                    "in session mode each of the %d connections of one API instance keeps a server connection, but its PgBouncer has %d: freshtrack:apiPoolMax of at most %d, larger pools, or freshtrack:poolMode transaction"
                            .formatted(units.connectionsPerInstance(), maxDbConnections, maxDbConnections)));
        }
    }

    private int checkClients(int maxDbConnections) {
        var least = (long) units.connectionsPerInstance() + units.exporterConnections();
        var most = MOST_DESCRIPTORS - OWN_DESCRIPTORS - 2L * maxDbConnections;
        var clients = request.maxClientConn().isPresent()
                ? request.maxClientConn().getAsInt()
                : Math.max(DERIVED_CLIENTS, least);
        if (clients < least) {
            problems.add(new PoolProblem(
                    "maxClientConn",
                    "max_client_conn %d is per PgBouncer and must carry %s: at least %d, or a smaller freshtrack:apiPoolMax"
                            .formatted(clients, clientSum(), least)));
        }
        if (clients > most) {
            problems.add(new PoolProblem(
                    request.maxClientConn().isPresent() ? "maxClientConn" : "apiPoolMax",
                    "max_client_conn %d is at most %d = %d file descriptors of one process − 2 × %d server connections − %d of its own"
                            .formatted(clients, most, MOST_DESCRIPTORS, maxDbConnections, OWN_DESCRIPTORS)));
        }
        return (int) clients;
    }

    private PoolPlan accepted(
            int defaultPoolSize, int minPoolSize, int reservePoolSize, int maxDbConnections, int maxClientConn) {
        var worstCase = Math.toIntExact(serverConnections(defaultPoolSize, reservePoolSize));
        var fileDescriptors = maxClientConn + 2 * maxDbConnections + OWN_DESCRIPTORS;
        var explanation = List.of(
                "%s: pool_mode %s, default_pool_size %d (%s), min_pool_size %d (%s), reserve_pool_size %d (%s), max_client_conn %d (%s)"
                        .formatted(
                                capacity.description(),
                                request.mode().text(),
                                defaultPoolSize,
                                origin(request.defaultPoolSize().isPresent()),
                                minPoolSize,
                                origin(request.minPoolSize().isPresent()),
                                reservePoolSize,
                                origin(request.reservePoolSize().isPresent()),
                                maxClientConn,
                                origin(request.maxClientConn().isPresent())),
                worstCaseSum(defaultPoolSize, reservePoolSize) + ", headroom " + (budget - worstCase),
                originalSum(defaultPoolSize),
                "clients of one PgBouncer: %s ≤ max_client_conn %d".formatted(clientSum(), maxClientConn),
                "file descriptors of one PgBouncer: max_client_conn %d + 2 × %d server connections + %d of its own = %d"
                        .formatted(maxClientConn, maxDbConnections, OWN_DESCRIPTORS, fileDescriptors));
        return new PoolPlan(
                request.mode(),
                POOLS,
                defaultPoolSize,
                minPoolSize,
                reservePoolSize,
                maxDbConnections,
                maxClientConn,
                request.maxPreparedStatements(),
                units.atPeak(),
                capacity.maxConnections(),
                reserve,
                budget,
                worstCase,
                budget - worstCase,
                budget,
                fileDescriptors,
                explanation);
    }

    private String worstCaseSum(int defaultPoolSize, int reservePoolSize) {
        var worstCase = serverConnections(defaultPoolSize, reservePoolSize);
        return "worst case: %d API units at peak × %d pool × (default_pool_size %d + reserve_pool_size %d) = %d %s budget %d = max_connections %d − reserve %d (the larger of %d and %d kept back by the server + %d around the pooler)"
                .formatted(
                        units.atPeak(),
                        POOLS,
                        defaultPoolSize,
                        reservePoolSize,
                        worstCase,
                        worstCase <= budget ? "≤" : ">",
                        budget,
                        capacity.maxConnections(),
                        reserve,
                        ADMINISTRATION,
                        capacity.platformReserve(),
                        DIRECT);
    }

    private String originalSum(int defaultPoolSize) {
        var connections = POOLS * (long) defaultPoolSize;
        var limit = capacity.maxConnections() - ADMINISTRATION;
        return "original rule: %d pool × default_pool_size %d = %d %s %d = max_connections %d − %d"
                .formatted(
                        POOLS,
                        defaultPoolSize,
                        connections,
                        connections < limit ? "<" : "≥",
                        limit,
                        capacity.maxConnections(),
                        ADMINISTRATION);
    }

    private String clientSum() {
        return "%d of one API instance + %d of the exporter = %d"
                .formatted(
                        units.connectionsPerInstance(),
                        units.exporterConnections(),
                        (long) units.connectionsPerInstance() + units.exporterConnections());
    }

    private static String origin(boolean given) {
        return given ? "given" : "derived";
    }
}
