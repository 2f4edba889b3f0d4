package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class DatabaseAuthoritiesTest {
    private static final String LINE = "-----BEGIN CERTIFICATE-----\n";

    @Test
    void takesTheFileOfARegion() {
        assertThat(DatabaseAuthorities.problem(LINE)).isEmpty();
        assertThat(DatabaseAuthorities.problem(Recording.AUTHORITIES)).isEmpty();
    }

    @Test
    void namesWhatIsNoCertificate() {
        assertThat(DatabaseAuthorities.problem("<html>")).contains("holds no certificate in PEM");
        assertThat(DatabaseAuthorities.problem("")).isPresent();
    }

    /** 40,960 bytes and one less: a line has 28. */
    @Test
    void namesWhatDoesNotFitIntoATaskDefinition() {
        assertThat(DatabaseAuthorities.problem(LINE.repeat(1462) + "x".repeat(23)))
                .isEmpty();
        assertThat(DatabaseAuthorities.problem(LINE.repeat(1462) + "x".repeat(24)))
                .contains("has 40 KiB, and less than 40 fit into a task definition: take the file of one region");
    }
}
