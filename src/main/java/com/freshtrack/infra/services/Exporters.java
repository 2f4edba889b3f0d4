package com.freshtrack.infra.services;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ServiceSpec.HostFolder;
import com.freshtrack.infra.services.ServiceSpec.Isolation;
import com.freshtrack.infra.services.ServiceSpec.Lifecycle;
import com.freshtrack.infra.services.ServiceSpec.Mount;
import com.freshtrack.infra.services.ServiceSpec.Network;
import com.freshtrack.infra.services.ServiceSpec.Volume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What turns the state of the host, the database and the poolers into metrics; unprivileged, and on no network with a way out. */
final class Exporters {
    private Exporters() {}

    static List<ServiceSpec> all(StackConfig config, ProductFiles files) {
        return config.database().isPresent()
                ? List.of(
                        node(config),
                        postgres(config),
                        pgbouncer(config, "a"),
                        pgbouncer(config, "b"),
                        blackbox(config, files))
                // A cloud watches the database that it runs.
                : List.of(node(config), blackbox(config, files));
    }

    /**
     * The host, seen through its root folder. Its network isn't: a container that isn't on the host's network counts its own.
     * Other services leave metrics as files in the volume {@code metrics}.
     */
    private static ServiceSpec node(StackConfig config) {
        return exporter(
                config,
                "node-exporter",
                config.images().monitoring().nodeExporter(),
                new ProcessSpec(
                        List.of("node_exporter"),
                        List.of(
                                "--path.rootfs=/host",
                                "--path.procfs=/host/proc",
                                "--path.sysfs=/host/sys",
                                "--collector.disable-defaults",
                                "--collector.cpu",
                                "--collector.diskstats",
                                "--collector.filesystem",
                                "--collector.loadavg",
                                "--collector.meminfo",
                                "--collector.stat",
                                "--collector.textfile",
                                "--collector.textfile.directory=/metrics"),
                        "65534:65534",
                        new TreeMap<>(),
                        "SIGTERM",
                        10),
                List.of(),
                List.of(Network.MONITORING),
                List.of(
                        new Mount(new HostFolder("/"), "/host", true),
                        new Mount(new Volume("metrics"), "/metrics", true)),
                9100);
    }

    private static ServiceSpec postgres(StackConfig config) {
        return exporter(
                config,
                "postgres-exporter",
                config.images().monitoring().postgresExporter(),
                new ProcessSpec(
                        List.of("postgres_exporter"),
                        List.of(),
                        "65534:65534",
                        new TreeMap<>(Map.of(
                                "DATA_SOURCE_PASS_FILE",
                                "/run/secrets/" + SecretNames.MONITOR_DATABASE,
                                "DATA_SOURCE_URI",
                                "postgres:" + DataServices.POSTGRES_PORT + "/" + FreshTrackServices.DATABASE
                                        + "?sslmode=disable",
                                "DATA_SOURCE_USER",
                                FreshTrackServices.MONITOR_ROLE)),
                        "SIGTERM",
                        10),
                List.of(FileSpec.secret(SecretNames.MONITOR_DATABASE)),
                List.of(Network.DATA, Network.MONITORING),
                List.of(),
                9187);
    }

    /** It takes its connection string, password included, as argument or variable only: hence the start script. */
    private static ServiceSpec pgbouncer(StackConfig config, String unit) {
        SortedMap<String, String> composed = new TreeMap<>(Map.of(
                "PGBOUNCER_EXPORTER_CONNECTION_STRING",
                "postgres://" + FreshTrackServices.MONITOR_ROLE + ":"
                        + FileSpec.placeholder(SecretNames.MONITOR_DATABASE) + "@pgbouncer-" + unit + ":"
                        + ApiServices.POOLER_PORT + "/pgbouncer?sslmode=disable"));
        return exporter(
                config,
                "pgbouncer-exporter-" + unit,
                config.images().monitoring().pgbouncerExporter(),
                new ProcessSpec(
                        List.of("/bin/sh", StartScript.PATH),
                        List.of("pgbouncer_exporter"),
                        "65534:65534",
                        new TreeMap<>(),
                        "SIGTERM",
                        10),
                List.of(FileSpec.secret(SecretNames.MONITOR_DATABASE), StartScript.render(composed)),
                List.of(Network.DATA, Network.MONITORING),
                List.of(),
                9127);
    }

    /** Asks the product as its users do, through the front door. */
    private static ServiceSpec blackbox(StackConfig config, ProductFiles files) {
        return exporter(
                config,
                "blackbox-exporter",
                config.images().monitoring().blackboxExporter(),
                new ProcessSpec(
                        List.of("blackbox_exporter"),
                        List.of("--config.file=/etc/blackbox_exporter/config.yml"),
                        "65534:65534",
                        new TreeMap<>(),
                        "SIGTERM",
                        10),
                List.of(FileSpec.text(
                        "/etc/blackbox_exporter/config.yml", files.text("observability/blackbox/blackbox.yml"))),
                List.of(Network.MONITORING),
                List.of(),
                9115);
    }

    private static ServiceSpec exporter(
            StackConfig config,
            String name,
            String image,
            ProcessSpec process,
            List<FileSpec> files,
            List<Network> networks,
            List<Mount> mounts,
            int port) {
        return new ServiceSpec(
                name,
                Lifecycle.PERMANENT,
                image,
                process,
                files,
                List.of(),
                networks,
                mounts,
                // The page that says what it is: asking for the metrics would ask what it watches.
                Optional.of(Monitoring.answers("http://127.0.0.1:" + port + "/")),
                config.resources().monitoring().orElseThrow().small(),
                Isolation.NONE);
    }
}
