package com.freshtrack.infra.config;

import java.util.List;
import java.util.Optional;

/**
 * What only a stack on a Droplet of DigitalOcean says.
 *
 * @param droplet the machine that the product runs on
 * @param dnsZone the domain in DigitalOcean's DNS that the host names are in; empty where records are made elsewhere
 * @param alarmEmail where alarms are mailed to; empty where they reach nobody
 */
public record DigitalOceanConfig(
        String region, Droplet droplet, Optional<String> dnsZone, Optional<String> alarmEmail) {

    /**
     * The Droplet.
     *
     * @param sshCidrs networks that may reach SSH, sorted; one at least
     * @param sshKeys further keys of the account that lead into it, sorted
     * @param dataVolumeGiB the block volume that holds the data, GiB
     * @param keys how it is known and reached; empty only in a preview
     */
    public record Droplet(
            MachineSize size,
            List<String> sshCidrs,
            List<String> sshKeys,
            int dataVolumeGiB,
            Backups backups,
            Optional<MachineKeys> keys) {}

    /** How often DigitalOcean copies the Droplet's disk. */
    public enum Backups {
        NONE("none"),
        WEEKLY("weekly"),
        DAILY("daily");

        private final String text;

        Backups(String text) {
            this.text = text;
        }

        /** The word that {@code freshtrack:dropletBackups} takes, which is DigitalOcean's own. */
        public String text() {
            return text;
        }
    }
}
