package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.API_MAX_COUNT;
import static com.freshtrack.infra.config.ConfigKey.API_MIN_COUNT;
import static com.freshtrack.infra.config.ConfigKey.API_POOL_MAX;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_INSTANCE_CLASS;
import static com.freshtrack.infra.config.ConfigKey.DATABASE_SIZE;
import static com.freshtrack.infra.config.ConfigKey.DEFAULT_POOL_SIZE;
import static com.freshtrack.infra.config.ConfigKey.MAX_CLIENT_CONN;
import static com.freshtrack.infra.config.ConfigKey.MAX_CONNECTIONS;
import static com.freshtrack.infra.config.ConfigKey.MAX_PREPARED_STATEMENTS;
import static com.freshtrack.infra.config.ConfigKey.MIN_POOL_SIZE;
import static com.freshtrack.infra.config.ConfigKey.POOL_MODE;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_MEMORY_MIB;
import static com.freshtrack.infra.config.ConfigKey.POSTGRES_VOLUME;
import static com.freshtrack.infra.config.ConfigKey.RESERVE_POOL_SIZE;
import static com.freshtrack.infra.config.ConfigKey.TARGET;

import com.freshtrack.infra.pooling.ApiUnits;
import com.freshtrack.infra.pooling.DatabaseCapacity;
import com.freshtrack.infra.pooling.ManagedPool;
import com.freshtrack.infra.pooling.PoolDecision;
import com.freshtrack.infra.pooling.PoolMode;
import com.freshtrack.infra.pooling.PoolPlan;
import com.freshtrack.infra.pooling.PoolProblem;
import com.freshtrack.infra.pooling.PoolRequest;
import com.freshtrack.infra.pooling.PoolSizingPolicy;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads what PostgreSQL and PgBouncer are told, and asks the pool policy whether it holds. */
final class DatabaseReader {
    private static final int MOST = 100_000;
    private static final String STATEMENT = "statement";
    private static final Pattern VOLUME = Pattern.compile("postgres(?:-[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?)?");

    private DatabaseReader() {}

    static DatabaseConfig read(ConfigValues values, Resources postgres) {
        var database = new DatabaseConfig(
                values.integer(MAX_CONNECTIONS, 1, 10_000),
                postgres.memoryMiB() / 4,
                values.matching(
                        POSTGRES_VOLUME,
                        VOLUME,
                        "postgres, or postgres- and up to 30 letters in lower case, digits and hyphens, such as postgres-16",
                        POSTGRES_VOLUME.defaultValue()));
        if (values.usable(MAX_CONNECTIONS, POSTGRES_MEMORY_MIB)) {
            DatabaseCapacity.containerProblems(
                            database.maxConnections(), postgres.memoryMiB(), database.sharedBuffersMiB())
                    .forEach(problem -> refuse(values, problem, String.valueOf(mostConnections(database, postgres))));
        }
        return database;
    }

    /** The plan; empty where the policy refuses it or where what it counts with can't be used. */
    static Optional<PoolPlan> plan(ConfigValues values, DatabaseConfig database, Resources postgres, int apiPoolMax) {
        var request = request(values);
        if (!values.usable(MAX_CONNECTIONS, POSTGRES_MEMORY_MIB)) {
            return Optional.empty();
        }
        var capacity = DatabaseCapacity.container(
                database.maxConnections(), postgres.memoryMiB(), database.sharedBuffersMiB());
        return decide(values, capacity, () -> ApiUnits.dockerHost(apiPoolMax), request);
    }

    /** The plan for an RDS instance whose class sets {@code max_connections}; empty as above. */
    static Optional<PoolPlan> plan(
            ConfigValues values, AwsConfig.Database database, AwsConfig.Tasks tasks, int apiPoolMax) {
        var request = request(values);
        if (!values.usable(DATABASE_INSTANCE_CLASS, API_MIN_COUNT, API_MAX_COUNT)) {
            return Optional.empty();
        }
        return decide(
                values,
                DatabaseCapacity.rdsClass(database.instanceClass()),
                () -> ApiUnits.rollingService(tasks.maxCount(), AwsConfig.Tasks.MAXIMUM_PERCENT, apiPoolMax),
                request);
    }

    /** The plan for DigitalOcean's own pool, which is all that stands between the API and its Managed PostgreSQL; empty as above. */
    static Optional<PoolPlan> plan(ConfigValues values, ManagedPostgresConfig database, int apiPoolMax) {
        var size = values.optionalInteger(DEFAULT_POOL_SIZE, 1, MOST);
        if (!values.usable(DATABASE_SIZE, DEFAULT_POOL_SIZE, API_POOL_MAX)) {
            return Optional.empty();
        }
        return plan(
                values,
                ManagedPool.plan(
                        DatabaseCapacity.digitalOceanPlan(database.size().memoryGiB()), apiPoolMax, size));
    }

    private static PoolRequest request(ConfigValues values) {
        return new PoolRequest(
                mode(values),
                values.optionalInteger(DEFAULT_POOL_SIZE, 1, MOST),
                values.optionalInteger(MIN_POOL_SIZE, 0, MOST),
                values.optionalInteger(RESERVE_POOL_SIZE, 0, MOST),
                values.optionalInteger(MAX_CLIENT_CONN, 1, MOST),
                values.integer(MAX_PREPARED_STATEMENTS, 0, MOST));
    }

    private static Optional<PoolPlan> decide(
            ConfigValues values, DatabaseCapacity capacity, Supplier<ApiUnits> units, PoolRequest request) {
        if (!values.usable(
                POOL_MODE,
                DEFAULT_POOL_SIZE,
                MIN_POOL_SIZE,
                RESERVE_POOL_SIZE,
                MAX_CLIENT_CONN,
                MAX_PREPARED_STATEMENTS,
                API_POOL_MAX)) {
            return Optional.empty();
        }
        return plan(values, PoolSizingPolicy.plan(capacity, units.get(), request));
    }

    private static Optional<PoolPlan> plan(ConfigValues values, PoolDecision decision) {
        if (decision instanceof PoolDecision.Refused refused) {
            refused.problems()
                    .forEach(problem ->
                            refuse(values, problem, key(values, problem).defaultValue()));
            return Optional.empty();
        }
        return Optional.of(((PoolDecision.Accepted) decision).plan());
    }

    private static PoolMode mode(ConfigValues values) {
        if (values.text(POOL_MODE).equals(STATEMENT)) {
            values.refuse(
                    POOL_MODE,
                    "transaction or session; statement mode forbids transactions of more than one statement, which the API and its migrations use");
            return PoolMode.TRANSACTION;
        }
        return values.choice(POOL_MODE, PoolMode.values(), PoolMode::text, PoolMode.TRANSACTION);
    }

    private static int mostConnections(DatabaseConfig database, Resources postgres) {
        return IntStream.iterate(database.maxConnections(), most -> most > 1, most -> most - 1)
                .filter(most -> DatabaseCapacity.containerProblems(
                                most, postgres.memoryMiB(), database.sharedBuffersMiB())
                        .isEmpty())
                .findFirst()
                .orElse(1);
    }

    private static void refuse(ConfigValues values, PoolProblem problem, String suggestion) {
        values.refuse(key(values, problem), problem.text(), suggestion);
    }

    /** Where the class of the database decides on its connections, only fewer API units leave more for each. */
    private static ConfigKey key(ConfigValues values, PoolProblem problem) {
        var key = ConfigKey.named(problem.key()).orElseThrow();
        return key == MAX_CONNECTIONS && values.text(TARGET).equals(Target.AWS_FARGATE.text()) ? API_MAX_COUNT : key;
    }
}
