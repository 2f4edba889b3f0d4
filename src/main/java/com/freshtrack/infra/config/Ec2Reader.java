package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.AWS_REGION;
import static com.freshtrack.infra.config.ConfigKey.DATA_VOLUME_GIB;
import static com.freshtrack.infra.config.ConfigKey.EC2_AMI;
import static com.freshtrack.infra.config.ConfigKey.EC2_INSTANCE_TYPE;
import static com.freshtrack.infra.config.ConfigKey.EC2_ZONE;
import static com.freshtrack.infra.config.ConfigKey.SNAPSHOT_KEEP_DAYS;

import java.util.regex.Pattern;

/** Reads what a stack on an EC2 instance says beyond one on any Docker host. */
final class Ec2Reader {
    private static final Pattern AMI = Pattern.compile("ami-[0-9a-f]{8,17}");

    /** What a gp3 volume may have: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html. */
    private static final int LARGEST_VOLUME_GIB = 16_384;

    private static final int SMALLEST_VOLUME_GIB = 10;

    /** What a schedule of the Data Lifecycle Manager keeps at most, one snapshot a day. */
    private static final int MOST_SNAPSHOTS = 1000;

    private Ec2Reader() {}

    static Ec2Config read(ConfigValues values, Environment environment) {
        ImagesReader.refuseLocalApi(values, "an EC2 instance");
        ImagesReader.refuseLoginOfThisMachine(values, "an EC2 instance");
        var region = AwsReader.region(values);
        return new Ec2Config(
                new Ec2Config.Place(region, zone(values, region), AwsReader.cidr(values)),
                new Ec2Config.Machine(
                        size(values),
                        ami(values),
                        AccessReader.ipv4Networks(values),
                        values.integer(DATA_VOLUME_GIB, SMALLEST_VOLUME_GIB, LARGEST_VOLUME_GIB),
                        AccessReader.keys(values)),
                values.integer(SNAPSHOT_KEEP_DAYS, 1, MOST_SNAPSHOTS),
                AwsReader.hostedZone(values),
                SiteReader.alarmEmail(values, environment),
                AwsReader.secretsKmsKey(values));
    }

    private static String zone(ConfigValues values, String region) {
        var zone = values.optional(EC2_ZONE).orElse(region + "a");
        if (values.usable(AWS_REGION) && !zone.matches(Pattern.quote(region) + "[a-h]")) {
            values.refuse(EC2_ZONE, "empty, or a zone of freshtrack:awsRegion, such as " + region + "a", region + "a");
        }
        return zone;
    }

    private static MachineSize size(ConfigValues values) {
        var size = MachineSizes.INSTANCES.named(values.text(EC2_INSTANCE_TYPE));
        if (size.isEmpty()) {
            values.refuse(
                    EC2_INSTANCE_TYPE,
                    "a type with 2 processors and 4 GB at least, which the product needs, and with known figures: "
                            + MachineSizes.INSTANCES.text(),
                    "t3.large");
        }
        return size.orElse(MachineSizes.INSTANCES.smallest());
    }

    private static String ami(ConfigValues values) {
        var ami = values.text(EC2_AMI);
        if (!AMI.matcher(ami).matches()) {
            values.refuse(
                    EC2_AMI,
                    "the ID of an image of Ubuntu 22.04 for x86 in freshtrack:awsRegion, ami-…; docs/aws-ec2.md says how to look it up",
                    "ami-0123456789abcdef0");
        }
        return ami;
    }
}
