package com.freshtrack.infra.config;

import java.util.List;
import java.util.Optional;

/**
 * What only a stack on an EC2 instance says.
 *
 * @param place where everything is
 * @param machine the instance
 * @param snapshotKeepDays how long the data volume's daily snapshots are kept
 * @param hostedZoneId the Route 53 zone of the domain; empty where its records are made elsewhere
 * @param alarmEmail where alarms are mailed to; empty where they reach nobody
 * @param secretsKmsKeyArn the KMS key of the secrets; empty for Secrets Manager's own
 */
public record Ec2Config(
        Place place,
        Machine machine,
        int snapshotKeepDays,
        Optional<String> hostedZoneId,
        Optional<String> alarmEmail,
        Optional<String> secretsKmsKeyArn) {

    /**
     * Where it is.
     *
     * @param zone the one availability zone, because a volume doesn't leave its own
     * @param vpcCidr the network's IPv4 range
     */
    public record Place(String region, String zone, String vpcCidr) {}

    /**
     * The instance.
     *
     * @param ami the image that a new one starts from
     * @param sshCidrs IPv4 networks that may reach SSH, sorted; one at least
     * @param dataVolumeGiB the volume that holds the data, GiB
     * @param keys how it is known and reached; empty only in a preview
     */
    public record Machine(
            MachineSize size, String ami, List<String> sshCidrs, int dataVolumeGiB, Optional<MachineKeys> keys) {}
}
