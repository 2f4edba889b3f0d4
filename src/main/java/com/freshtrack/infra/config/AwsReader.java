package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.ConfigKey.API_STOP_GRACE_SECONDS;
import static com.freshtrack.infra.config.ConfigKey.AWS_REGION;
import static com.freshtrack.infra.config.ConfigKey.AWS_ZONES;
import static com.freshtrack.infra.config.ConfigKey.DUMP_KEEP_DAYS;
import static com.freshtrack.infra.config.ConfigKey.HOSTED_ZONE_ID;
import static com.freshtrack.infra.config.ConfigKey.LOG_RETENTION_DAYS;
import static com.freshtrack.infra.config.ConfigKey.NAT;
import static com.freshtrack.infra.config.ConfigKey.S3_ENDPOINT;
import static com.freshtrack.infra.config.ConfigKey.SECRETS_KMS_KEY_ARN;
import static com.freshtrack.infra.config.ConfigKey.TLS_POLICY;
import static com.freshtrack.infra.config.ConfigKey.VPC_CIDR;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what only a stack on Amazon ECS says; what one on EC2 says too is read here as well. */
final class AwsReader {
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(?:-[a-z]{2,10}){1,2}-[1-9]");
    private static final Pattern HOSTED_ZONE = Pattern.compile("Z[A-Z0-9]{1,31}");
    private static final Pattern KMS_KEY =
            Pattern.compile("arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}");

    /**
     * The policies that take TLS 1.2 and newer alone, those to come included:
     * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html.
     */
    private static final Pattern TLS =
            Pattern.compile("ELBSecurityPolicy-(?:TLS13-1-[23]|TLS-1-2|FS-1-2)-[A-Za-z0-9-]{1,60}");

    /** What CloudWatch takes: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html. */
    private static final Set<Integer> LOG_RETENTIONS = new TreeSet<>(List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653));

    /** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html. */
    private static final int LONGEST_STOP_SECONDS = 120;

    private static final Pattern HTTPS = Pattern.compile("https://[^:]+(?::443)?");

    private AwsReader() {}

    static AwsConfig read(ConfigValues values, Environment environment, StorageConfig storage) {
        ImagesReader.refuseLocalApi(values, "Fargate");
        if (values.usable(API_STOP_GRACE_SECONDS)
                && Integer.parseInt(values.text(API_STOP_GRACE_SECONDS)) > LONGEST_STOP_SECONDS) {
            values.refuse(
                    API_STOP_GRACE_SECONDS,
                    "at most " + LONGEST_STOP_SECONDS + ": Fargate kills then, whatever is asked");
        }
        storage.external().ifPresent(external -> checkWayOut(values, external.endpoint()));
        var region = region(values);
        return new AwsConfig(
                region,
                new AwsConfig.Network(
                        zones(values, region),
                        cidr(values),
                        values.choice(NAT, AwsConfig.Nat.values(), AwsConfig.Nat::text, AwsConfig.Nat.SINGLE)),
                frontDoor(values),
                RdsReader.read(values, environment),
                TasksReader.read(values, storage),
                logRetention(values),
                values.integer(DUMP_KEEP_DAYS, 1, 3650),
                SiteReader.alarmEmail(values, environment),
                secretsKmsKey(values));
    }

    /** What {@code aws/SecurityGroups} lets tasks reach outside. */
    private static void checkWayOut(ConfigValues values, String endpoint) {
        if (values.usable(S3_ENDPOINT) && !HTTPS.matcher(endpoint).matches()) {
            values.refuse(
                    S3_ENDPOINT,
                    "empty, or an https:// URL on port 443, which is all that tasks reach outside",
                    StorageReader.EXAMPLE);
        }
    }

    static String region(ConfigValues values) {
        return values.matching(AWS_REGION, REGION, "a region's name, such as us-east-1", AWS_REGION.defaultValue());
    }

    static Optional<String> secretsKmsKey(ConfigValues values) {
        var key = values.optional(SECRETS_KMS_KEY_ARN);
        key.filter(arn -> !KMS_KEY.matcher(arn).matches())
                .ifPresent(arn -> values.refuse(
                        SECRETS_KMS_KEY_ARN, "empty, or the ARN of a KMS key, arn:aws:kms:REGION:ACCOUNT:key/ID"));
        return key;
    }

    static Optional<String> hostedZone(ConfigValues values) {
        var zone = values.optional(HOSTED_ZONE_ID);
        zone.filter(id -> !HOSTED_ZONE.matcher(id).matches())
                .ifPresent(id -> values.refuse(HOSTED_ZONE_ID, "empty, or the ID of a Route 53 zone, Z…"));
        return zone;
    }

    private static List<String> zones(ConfigValues values, String region) {
        var derived = region + "a," + region + "b";
        var zones = List.of(values.optional(AWS_ZONES).orElse(derived).split(",", -1));
        var sorted = new TreeSet<>(zones);
        if (values.usable(AWS_REGION)
                && (zones.size() < 2
                        || zones.size() > 3
                        || sorted.size() != zones.size()
                        || zones.stream().anyMatch(zone -> !zone.matches(Pattern.quote(region) + "[a-h]")))) {
            values.refuse(
                    AWS_ZONES, "two or three zones of freshtrack:awsRegion, separated by commas, such as " + derived);
        }
        return List.copyOf(sorted);
    }

    static String cidr(ConfigValues values) {
        var text = values.text(VPC_CIDR);
        if (!PrivateRange.parse(text).filter(PrivateRange::holdsTheSubnets).isPresent()) {
            values.refuse(
                    VPC_CIDR,
                    "a range of RFC 1918 by its first address, of /16 to /21, such as " + VPC_CIDR.defaultValue());
        }
        return text;
    }

    private static AwsConfig.FrontDoor frontDoor(ConfigValues values) {
        return new AwsConfig.FrontDoor(
                values.matching(
                        TLS_POLICY,
                        TLS,
                        "a security policy of an Application Load Balancer that takes nothing below TLS 1.2, such as "
                                + TLS_POLICY.defaultValue(),
                        TLS_POLICY.defaultValue()),
                hostedZone(values));
    }

    private static int logRetention(ConfigValues values) {
        var days = values.integer(LOG_RETENTION_DAYS, 1, 3653);
        if (values.usable(LOG_RETENTION_DAYS) && !LOG_RETENTIONS.contains(days)) {
            values.refuse(
                    LOG_RETENTION_DAYS,
                    "one of the spans that CloudWatch knows: "
                            + LOG_RETENTIONS.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return days;
    }
}
