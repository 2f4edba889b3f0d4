package com.freshtrack.infra.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where App Platform is, and what is beside it. Apps of a region reach VPCs of one datacenter alone, and not each datacenter has
 * Spaces (https://docs.digitalocean.com/platform/regional-availability/; the pairs of region and datacenter were read in
 * https://github.com/digitalocean-labs/do-app-platform-skills).
 *
 * @param datacenter where VPC and database are; the word that {@code freshtrack:doRegion} takes
 * @param app App Platform's name for the region
 * @param spaces the nearest datacenter with Spaces
 */
public record AppRegion(String datacenter, String app, String spaces) {
    private static final AppRegion[] ALL = {
        new AppRegion("ams3", "ams", "ams3"),
        new AppRegion("blr1", "blr", "blr1"),
        new AppRegion("fra1", "fra", "fra1"),
        new AppRegion("lon1", "lon", "lon1"),
        new AppRegion("nyc1", "nyc", "nyc3"),
        new AppRegion("sfo3", "sfo", "sfo3"),
        new AppRegion("sgp1", "sgp", "sgp1"),
        new AppRegion("syd1", "syd", "syd1"),
        new AppRegion("tor1", "tor", "tor1")
    };

    static AppRegion any() {
        return ALL[0];
    }

    static Optional<AppRegion> of(String datacenter) {
        return Arrays.stream(ALL)
                .filter(region -> region.datacenter.equals(datacenter))
                .findFirst();
    }

    /** All of them, for a message. */
    static String datacenters() {
        return Arrays.stream(ALL).map(AppRegion::datacenter).collect(Collectors.joining(", "));
    }
}
