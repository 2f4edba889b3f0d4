package com.freshtrack.infra.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The limits of every container, and what the host has for them; MinIO has none where an S3 service outside is used, nor the backup service where no backups are made. */
public record ResourcesConfig(
        Resources api,
        Resources pgbouncer,
        Resources postgres,
        Resources redis,
        Optional<Resources> minio,
        Resources caddy,
        Optional<Resources> backup,
        double hostCpus,
        int hostMemoryMiB) {

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
        return List.copyOf(terms);
    }
}
