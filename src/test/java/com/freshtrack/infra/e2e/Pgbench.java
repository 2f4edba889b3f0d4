package com.freshtrack.infra.e2e;

import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Many clients of one pooler: PostgreSQL's own pgbench, in a container on the product's data network. */
final class Pgbench implements AutoCloseable {
    /** Holds a server connection for 50 ms, then thinks: many clients keep a pool full and the processors idle. */
    private static final String SCRIPT =
            """
            SELECT pg_sleep(0.05);
            \\sleep 1600 ms
            """;

    private final String container;

    private Pgbench(String container) {
        this.container = container;
    }

    /** Makes this many clients of a unit's pooler that each run the script some times once all of them are logged in. */
    static Pgbench clients(Product product, String unit, int clients, int times) {
        return create(
                product,
                "pgbouncer-" + unit,
                6432,
                // Each thread logs its clients in one after another, and a login is mostly waiting.
                List.of("--client=" + clients, "--jobs=16", "--transactions=" + times, "--file=/tmp/script.sql"));
    }

    /** Makes this many clients of a server that each look up rows by key, one after another, for some seconds. */
    static Pgbench lookups(Product product, String host, int port, int clients, int seconds) {
        return create(
                product, host, port, List.of("--client=" + clients, "--jobs=2", "--time=" + seconds, "--select-only"));
    }

    private static Pgbench create(Product product, String host, int port, List<String> work) {
        var pgbench = new Pgbench(product.container("pgbench"));
        var arguments = new ArrayList<>(List.of(
                "create",
                "--name",
                pgbench.container,
                "--network",
                product.stack().prefix() + "data",
                // As root without capabilities: it owns what is copied into it, and needs nothing more.
                "--user=0",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--ulimit=nofile=4096:4096",
                "--env=PGPASSFILE=/tmp/pgpass",
                "--entrypoint=pgbench",
                product.stack().get("postgresImage"),
                "--no-vacuum",
                "--host=" + host,
                "--port=" + port,
                "--username=frostguard"));
        arguments.addAll(work);
        arguments.add("frostguard");
        try {
            Docker.run(arguments.toArray(String[]::new));
            pgbench.put("pgpass", "*:*:*:frostguard:" + product.appPassword() + "\n");
            pgbench.put("script.sql", SCRIPT);
            return pgbench;
        } catch (Throwable e) {
            pgbench.close();
            throw e;
        }
    }

    /** What pgbench says at its end, without the time that the logins took. */
    static double transactionsPerSecond(String output) {
        var tps = Pattern.compile("tps = ([0-9.]+)").matcher(output);
        if (!tps.find()) {
            throw new AssertionError("pgbench named no tps: " + output);
        }
        return Double.parseDouble(tps.group(1));
    }

    /** Its address on the data network, while it runs. */
    String address(Product product) {
        return product.address("pgbench");
    }

    /** Runs to the end; fails as pgbench does when one client could not log in or lost its connection. */
    Shell.Result run() {
        return Docker.attempt("start", "--attach", container);
    }

    @Override
    public void close() {
        Docker.attempt("rm", "--force", "--volumes", container);
    }

    /** Copies a file that only its owner can read into /tmp of the container. */
    private void put(String name, String text) {
        try {
            var file = Files.createTempFile(
                    "freshtrack-",
                    name,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(file, text);
                Docker.run("cp", file.toString(), container + ":/tmp/" + name);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(name + " can't be put into " + container, e);
        }
    }
}
