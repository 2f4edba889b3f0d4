package com.freshtrack.infra.e2e;

import com.freshtrack.infra.engine.Docker;
import com.freshtrack.infra.engine.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

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
        var pgbench = new Pgbench(product.container("pgbench"));
        try {
            Docker.run(
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
                    "--client",
                    String.valueOf(clients),
                    // Each logs its clients in one after another, and a login is mostly waiting.
                    "--jobs=16",
                    "--transactions",
                    String.valueOf(times),
                    "--file=/tmp/script.sql",
                    "--host",
                    "pgbouncer-" + unit,
                    "--port=6432",
                    "--username=frostguard",
                    "frostguard");
            pgbench.put("pgpass", "*:*:*:frostguard:" + product.appPassword() + "\n");
            pgbench.put("script.sql", SCRIPT);
            return pgbench;
        } catch (Throwable e) {
            pgbench.close();
            throw e;
        }
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
