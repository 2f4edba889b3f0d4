package com.freshtrack.infra.aws;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The certificates of a region's RDS authorities, which PgBouncer and migrations hold the database's against. */
public final class DatabaseAuthorities {
    /**
     * A task definition carries them, and takes 64 KiB with all else that it says:
     * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html. AWS's bundle of all regions is larger.
     */
    private static final int MOST_KIB = 40;

    private DatabaseAuthorities() {}

    /** What is wrong with the text of a file, in words that follow its name; empty when nothing is. */
    public static Optional<String> problem(String text) {
        var kib = text.getBytes(StandardCharsets.UTF_8).length / 1024;
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            return Optional.of("holds no certificate in PEM");
        }
        return kib < MOST_KIB
                ? Optional.empty()
                : Optional.of("has " + kib + " KiB, and less than " + MOST_KIB
                        + " fit into a task definition: take the file of one region");
    }
}
