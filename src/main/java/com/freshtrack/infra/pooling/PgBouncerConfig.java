package com.freshtrack.infra.pooling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Renders the two files that PgBouncer reads, so that any image with {@code pgbouncer} 1.21 or later on its PATH works.
 * Keys, their meaning and both formats: https://www.pgbouncer.org/config.html.
 */
public final class PgBouncerConfig {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    /** What PgBouncer would take for a hash and not for the password itself. */
    private static final Pattern HASHED = Pattern.compile("md5[0-9a-f]{32}|SCRAM-SHA-256\\$.*", Pattern.DOTALL);

    private PgBouncerConfig() {}

    /**
     * {@code pgbouncer.ini} for one PgBouncer, timeouts in seconds.
     *
     * @param user the application's login, which may read the console's statistics too
     * @param observers further logins, for the console's statistics
     * @throws IllegalArgumentException for a name that would break out of its line
     */
    public static String ini(PoolPlan plan, String databaseHost, String database, String user, List<String> observers) {
        require(HOST, "database host", databaseHost);
        require(NAME, "database", database);
        require(NAME, "user", user);
        observers.forEach(observer -> require(NAME, "user", observer));
        if (database.equals("pgbouncer")) {
            throw new IllegalArgumentException("database pgbouncer is PgBouncer's own console, choose another name");
        }
        var statsUsers = new ArrayList<>(List.of(user));
        statsUsers.addAll(observers);
        return """
                [databases]
                ; The only database and no fallback, so that a mistyped name cannot open a second pool.
                %1$s = host=%2$s port=5432 dbname=%1$s

                [pgbouncer]
                ; TCP only. Without logfile and pidfile it stays in the foreground and logs to stderr.
                listen_addr = *
                listen_port = 6432
                unix_socket_dir =
                ; After a restart every client may come back at once.
                listen_backlog = %6$d

                ; The file holds plain passwords, because PgBouncer logs in to PostgreSQL with them too.
                auth_type = scram-sha-256
                auth_file = /etc/pgbouncer/userlist.txt
                ; Who may use SHOW on the console. There are no admin_users: nobody can pause it over the network.
                stats_users = %3$s

                ; The pool plan: %4$d units at peak x %10$d server connections = %5$d of a budget of %11$d.
                pool_mode = %12$s
                max_client_conn = %6$d
                default_pool_size = %7$d
                min_pool_size = %8$d
                reserve_pool_size = %9$d
                max_db_connections = %10$d
                max_prepared_statements = %13$d

                ; Sent by node-postgres when configured, and not applied here: set them with ALTER ROLE or SET LOCAL.
                ignore_startup_parameters = extra_float_digits,options,statement_timeout,lock_timeout,idle_in_transaction_session_timeout

                ; Heals within seconds of PostgreSQL's restart, also when it comes back with another address.
                server_connect_timeout = 5
                server_login_retry = 1
                dns_max_ttl = 5
                dns_nxdomain_ttl = 1
                ; A query waits through such a restart, but not for ever.
                query_wait_timeout = 30

                ; A peer that vanished without a word is dropped after 30 + 3 x 10 seconds.
                tcp_keepalive = 1
                tcp_keepidle = 30
                tcp_keepintvl = 10
                tcp_keepcnt = 3

                ; Health checks and a thousand clients would flood the log; errors are logged.
                log_connections = 0
                log_disconnections = 0
                """
                .formatted(
                        database,
                        databaseHost,
                        String.join(",", statsUsers),
                        plan.unitsAtPeak(),
                        plan.worstCase(),
                        plan.maxClientConn(),
                        plan.defaultPoolSize(),
                        plan.minPoolSize(),
                        plan.reservePoolSize(),
                        plan.maxDbConnections(),
                        plan.budget(),
                        plan.mode().text(),
                        plan.maxPreparedStatements());
    }

    /**
     * What is added to {@code pgbouncer.ini} where the database is reached over TLS: its certificate must name its host and be
     * signed by an authority in a file.
     */
    public static String verifiedServer(String authoritiesFile) {
        return """

                ; The database proves who it is; without TLS it would take no login.
                server_tls_sslmode = verify-full
                server_tls_ca_file = %s
                """
                .formatted(authoritiesFile);
    }

    /**
     * {@code userlist.txt}, a line for each user in the order of their names.
     *
     * @throws IllegalArgumentException for a password that the file cannot carry; the message names the user only
     */
    public static String userlist(Map<String, String> userToPassword) {
        return new TreeMap<>(userToPassword)
                .entrySet().stream()
                        .map(entry -> line(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining());
    }

    private static String line(String user, String password) {
        require(NAME, "user", user);
        if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the password of %s must not be empty or contain control characters".formatted(user));
        }
        if (HASHED.matcher(password).matches()) {
            throw new IllegalArgumentException(
                    "the password of %s looks like an md5 or SCRAM hash, choose another one".formatted(user));
        }
        return "%s %s\n".formatted(quoted(user), quoted(password));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static void require(Pattern pattern, String what, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("%s %s must match %s".formatted(what, value, pattern));
        }
    }
}
