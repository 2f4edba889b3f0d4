package com.freshtrack.infra.pooling;

import static com.freshtrack.infra.pooling.Plans.accepted;
import static com.freshtrack.infra.pooling.Plans.database;
import static com.freshtrack.infra.pooling.Plans.derived;
import static com.freshtrack.infra.pooling.Plans.refused;
import static com.freshtrack.infra.pooling.Plans.request;
import static com.freshtrack.infra.pooling.Plans.sizes;
import static com.freshtrack.infra.pooling.Plans.units;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class PoolSizingPolicyTest {
    private static final DatabaseCapacity HUNDRED = DatabaseCapacity.container(100, 2048, 512);
    private static final ApiUnits DOCKER_HOST = ApiUnits.dockerHost(20);

    @Test
    void dockerHostWithTheDefaultsGetsTheProductsOwnSizes() {
        var plan = accepted(PoolSizingPolicy.plan(HUNDRED, DOCKER_HOST, derived()));

        assertThat(plan)
                .usingRecursiveComparison()
                .ignoringFields("explanation")
                .isEqualTo(new PoolPlan(
                        PoolMode.TRANSACTION,
                        1,
                        25,
                        10,
                        5,
                        30,
                        1000,
                        200,
                        2,
                        100,
                        15,
                        85,
                        60,
                        25,
                        85,
                        1124,
                        plan.explanation()));
        assertThat(plan.explanation())
                .containsExactly(
                        "PostgreSQL container of 2048 MiB: pool_mode transaction, default_pool_size 25 (derived), min_pool_size 10 (derived), reserve_pool_size 5 (derived), max_client_conn 1000 (derived)",
                        "worst case: 2 API units at peak × 1 pool × (default_pool_size 25 + reserve_pool_size 5) = 60 ≤ budget 85 = max_connections 100 − reserve 15 (the larger of 15 and 3 kept back by the server + 10 around the pooler), headroom 25",
                        "original rule: 1 pool × default_pool_size 25 = 25 < 85 = max_connections 100 − 15",
                        "clients of one PgBouncer: 20 of one API instance + 2 of the exporter = 22 ≤ max_client_conn 1000",
                        "file descriptors of one PgBouncer: max_client_conn 1000 + 2 × 30 server connections + 64 of its own = 1124");
    }

    @ParameterizedTest
    @CsvSource({
        // max_connections, platform reserve, units, given default, given reserve -> default, minimum, reserve, budget
        "100,  3, 2,   ,   , 25, 10, 5, 85",
        " 75,  3, 2,   ,   , 25, 10, 5, 60", // both sizes fit exactly
        " 74,  3, 2,   ,   , 25, 10, 4, 59", // the reserve gives way first
        " 65,  3, 2,   ,   , 25, 10, 0, 50",
        " 64,  3, 2,   ,   , 24, 10, 0, 49",
        " 29,  3, 2,   ,   ,  7,  7, 0, 14", // a derived minimum follows the default
        " 17,  3, 2,   ,   ,  1,  1, 0,  2",
        "100,  3, 1,   ,   , 25, 10, 5, 85",
        " 17,  3, 1,   ,   ,  1,  1, 1,  2", // original rule: 2 would not be below 17 − 15
        "100, 10, 2,   ,   , 25, 10, 5, 80", // RDS keeps 10 back: reserve 20
        "100,  3, 2, 42,   , 42, 10, 0, 85", // a given default beats a derived reserve
        "100,  3, 2, 40,   , 40, 10, 2, 85",
        "100,  3, 2,   , 30, 12, 10,30, 85",
        "100,  3, 2, 37,  5, 37, 10, 5, 85",
        "100,  3, 2,  4,  0,  4,  4, 0, 85",
        "400,  3, 2,   ,   , 25, 10, 5,385", // never derived beyond the product's own sizes
    })
    void sizesOf(
            int maxConnections,
            int platformReserve,
            int atPeak,
            Integer givenDefault,
            Integer givenReserve,
            int defaultPoolSize,
            int minPoolSize,
            int reservePoolSize,
            int budget) {
        var plan = accepted(PoolSizingPolicy.plan(
                database(maxConnections, platformReserve), units(atPeak), sizes(givenDefault, givenReserve)));

        assertThat(plan.defaultPoolSize()).isEqualTo(defaultPoolSize);
        assertThat(plan.minPoolSize()).isEqualTo(minPoolSize);
        assertThat(plan.reservePoolSize()).isEqualTo(reservePoolSize);
        assertThat(plan.budget()).isEqualTo(budget);
    }

    @Test
    void aDefaultThatDoesNotFitIsRefusedWithEveryTermOfTheSum() {
        assertThat(refused(PoolSizingPolicy.plan(HUNDRED, DOCKER_HOST, sizes(60, 5))))
                .containsExactly(
                        new PoolProblem(
                                "defaultPoolSize",
                                "worst case: 2 API units at peak × 1 pool × (default_pool_size 60 + reserve_pool_size 5) = 130 > budget 85 = max_connections 100 − reserve 15 (the larger of 15 and 3 kept back by the server + 10 around the pooler); "
                                        + "original rule: 1 pool × default_pool_size 60 = 60 < 85 = max_connections 100 − 15. "
                                        + "The largest default_pool_size that fits beside reserve_pool_size 5 is 37. "
                                        + "No reserve_pool_size fits beside default_pool_size 60. "
                                        + "What was asked for needs max_connections of at least 145: "
                                        + "raise freshtrack:maxConnections (2048 MiB carry at most 153) or, for more than that, freshtrack:postgresMemoryMiB with it; the API units of a Docker host cannot be fewer."));
    }

    @Test
    void aReserveThatDoesNotFitIsRefusedWithTheLargestThatDoes() {
        assertThat(refused(PoolSizingPolicy.plan(HUNDRED, DOCKER_HOST, sizes(null, 50))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("reservePoolSize");
                    assertThat(problem.text())
                            .contains("(default_pool_size 1 + reserve_pool_size 50) = 102 > budget 85")
                            .contains("The largest reserve_pool_size that fits beside default_pool_size 1 is 41.");
                });
    }

    @Test
    void theOriginalRuleRefusesWhatTheBudgetWouldTake() {
        assertThat(refused(PoolSizingPolicy.plan(HUNDRED, units(1), sizes(85, 0))))
                .first()
                .satisfies(problem -> assertThat(problem.text())
                        .contains("= 85 ≤ budget 85")
                        .contains("default_pool_size 85 = 85 ≥ 85 = max_connections 100 − 15.")
                        .contains("The largest default_pool_size that fits beside reserve_pool_size 0 is 84.")
                        .contains("needs max_connections of at least 101:"));
    }

    @Test
    void aDatabaseTooSmallForAnyPoolIsRefused() {
        assertThat(refused(PoolSizingPolicy.plan(database(16, 3), units(2), derived())))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("maxConnections");
                    assertThat(problem.text())
                            .contains("= 2 > budget 1 =")
                            .contains("No pool fits, not even one of a single connection.")
                            .contains("at least 17: a larger one.");
                });
    }

    @ParameterizedTest
    @CsvSource({
        // default, minimum, reserve, clients -> key, text
        " 0,   ,   ,   , defaultPoolSize, default_pool_size 0 must be at least 1",
        "  , -1,   ,   , minPoolSize,     min_pool_size -1 must be at least 0",
        "  ,   , -1,   , reservePoolSize, reserve_pool_size -1 must be at least 0",
        " 5,  6,   ,   , minPoolSize,     'min_pool_size 6 must not be above default_pool_size 5 (given): at most 5, or a larger freshtrack:defaultPoolSize'",
        "  , 26,   ,   , minPoolSize,     'min_pool_size 26 must not be above default_pool_size 25 (derived): at most 25, or a larger freshtrack:defaultPoolSize'",
        "  ,   ,   , 21, maxClientConn,   'max_client_conn 21 is per PgBouncer and must carry 20 of one API instance + 2 of the exporter = 22: at least 22, or a smaller freshtrack:apiPoolMax'",
        "  ,   ,   , 1048453, maxClientConn, max_client_conn 1048453 is at most 1048452 = 1048576 file descriptors of one process − 2 × 30 server connections − 64 of its own",
    })
    void oneBadSize(
            Integer defaultPoolSize, Integer minimum, Integer reserve, Integer clients, String key, String text) {
        var request = request(PoolMode.TRANSACTION, defaultPoolSize, minimum, reserve, clients);

        assertThat(refused(PoolSizingPolicy.plan(HUNDRED, DOCKER_HOST, request)))
                .containsExactly(new PoolProblem(key, text));
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        assertThat(refused(PoolSizingPolicy.plan(HUNDRED, DOCKER_HOST, request(PoolMode.TRANSACTION, 60, 70, 5, 3))))
                .extracting(PoolProblem::key)
                .containsExactly("defaultPoolSize", "minPoolSize", "maxClientConn");
        var negative = new PoolRequest(
                PoolMode.TRANSACTION,
                OptionalInt.of(0),
                OptionalInt.of(-1),
                OptionalInt.of(-1),
                OptionalInt.empty(),
                -1);
        assertThat(refused(PoolSizingPolicy.plan(HUNDRED, DOCKER_HOST, negative)))
                .extracting(PoolProblem::key)
                .containsExactly("defaultPoolSize", "minPoolSize", "reservePoolSize", "maxPreparedStatements");
    }

    @Test
    void clientsAreDerivedFromAnApiThatOpensManyConnections() {
        var plan = accepted(PoolSizingPolicy.plan(HUNDRED, ApiUnits.dockerHost(2000), derived()));

        assertThat(plan.maxClientConn()).isEqualTo(2002);
    }

    @Test
    void sessionModeNeedsAServerConnectionForEachConnectionOfAnInstance() {
        var session = request(PoolMode.SESSION, null, null, null, null);

        assertThat(accepted(PoolSizingPolicy.plan(HUNDRED, ApiUnits.dockerHost(30), session))
                        .mode())
                .isEqualTo(PoolMode.SESSION);
        assertThat(refused(PoolSizingPolicy.plan(HUNDRED, ApiUnits.dockerHost(31), session)))
                .containsExactly(
                        new PoolProblem(
                                "poolMode",
                                "in session mode each of the 31 connections of one API instance keeps a server connection, but its PgBouncer has 30: freshtrack:apiPoolMax of at most 30, larger pools, or freshtrack:poolMode transaction"));
    }

    @Test
    void absurdNumbersAreRefusedAndNotWrappedAround() {
        var largest = Integer.MAX_VALUE;

        assertThat(refused(PoolSizingPolicy.plan(
                        HUNDRED,
                        new ApiUnits(largest, largest, largest),
                        request(PoolMode.SESSION, largest, largest, largest, largest))))
                .extracting(PoolProblem::key)
                .containsExactly("maxConnections", "maxClientConn", "maxClientConn");
        assertThat(refused(PoolSizingPolicy.plan(HUNDRED, DOCKER_HOST, sizes(largest, largest))))
                .first()
                .satisfies(problem -> assertThat(problem.text()).contains("= 8589934588 > budget 85"));
    }
}
