package com.freshtrack.infra.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The limits of every container, and what the host has for them; empty are those of MinIO where an S3 service outside is used,
 * of the backup service where no backups are made, and of what watches the product where nothing does.
 */
public record ResourcesConfig(
        Resources api,
        Resources pgbouncer,
        Resources postgres,
        Resources redis,
        Optional<Resources> minio,
        Resources caddy,
        Optional<Resources> backup,
        Optional<Monitoring> monitoring,
        double hostCpus,
        int hostMemoryMiB) {

    /**
     * The limits of what watches the product.
     *
     * @param small those of Alertmanager and of each exporter
     */
    public record Monitoring(
            Resources prometheus, Resources grafana, Resources loki, Resources alloy, Resources small) {}

    /** What the platform runs has no limits of ours. */
    static final Resources NONE = new Resources(0, 0);

    /** The limits where every container runs in a task of a platform that has the database and the front door itself. */
    static ResourcesConfig ofTasks(Resources api, Resources pgbouncer, Resources redis, Optional<Resources> minio) {
        return new ResourcesConfig(api, pgbouncer, NONE, redis, minio, NONE, Optional.empty(), Optional.empty(), 0, 0);
    }

    private record Term(String service, int containers, int memoryMiB) {
        int sum() {
            return containers * memoryMiB;
        }
    }

    /** Most memory, in MiB, that the containers may use at once: two API units, a migration, the validation of a Caddyfile. */
    public int peakMemoryMiB() {
        return terms().stream().mapToInt(Term::sum).sum();
    }

    /** The sum behind {@link #peakMemoryMiB()}, term by term. */
    public String peakMemoryTerms() {
        return terms().stream()
                        .map(term -> term.containers + " × " + term.service + " " + term.memoryMiB)
                        .collect(Collectors.joining(" + "))
                + " = " + peakMemoryMiB() + " MiB";
    }

    private List<Term> terms() {
        var terms = new ArrayList<>(List.of(
                new Term("api (units a and b, migration)", 3, api.memoryMiB()),
                new Term("pgbouncer", 2, pgbouncer.memoryMiB()),
                new Term("postgres", 1, postgres.memoryMiB()),
                new Term("redis", 1, redis.memoryMiB()),
                new Term("caddy (one serves, one validates a changed Caddyfile)", 2, caddy.memoryMiB())));
        minio.ifPresent(limits -> terms.add(new Term("minio", 1, limits.memoryMiB())));
        backup.ifPresent(limits -> terms.add(new Term("backup", 1, limits.memoryMiB())));
        monitoring.ifPresent(limits -> terms.addAll(List.of(
                new Term("prometheus", 1, limits.prometheus().memoryMiB()),
                new Term("grafana", 1, limits.grafana().memoryMiB()),
                new Term("loki", 1, limits.loki().memoryMiB()),
                new Term("alloy", 1, limits.alloy().memoryMiB()),
                new Term("alertmanager and exporters", 6, limits.small().memoryMiB()))));
        // A database that the cloud runs takes nothing, and there are no poolers.
        return terms.stream().filter(term -> term.memoryMiB > 0).toList();
    }
}
