package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.DROPLET_SECRETS;
import static com.freshtrack.infra.config.Configurations.ec2;
import static com.freshtrack.infra.config.Configurations.with;

import com.freshtrack.infra.SshKeys;
import com.freshtrack.infra.config.BadConfigurations.Case;
import java.util.Set;
import java.util.stream.Stream;

/** The table of bad configurations of a stack on an EC2 instance. */
final class BadEc2 {
    private static final String MAKE_KEYS = "scripts/setup keys t1";

    private BadEc2() {}

    static Stream<Case> all() {
        return Stream.of(foreign(), place(), machine(), access()).flatMap(each -> each);
    }

    private static Stream<Case> foreign() {
        return Stream.of(
                bad("host of its own", "dockerHost", "ssh://root@example.com", "it is for self-hosted"),
                bad("size of a Droplet", "dropletSize", "s-4vcpu-8gb", "it is for do-droplet"),
                bad("keys of an account elsewhere", "sshKeys", "12", "it is for do-droplet"),
                bad("zones of Fargate", "awsZones", "eu-central-1a,eu-central-1b", "it is for aws-fargate"),
                bad("class of RDS", "databaseInstanceClass", "db.t4g.large", "it is for aws-fargate"),
                new Case(
                        "key of an EC2 instance on a Docker host",
                        with(Configurations.dev(), "ec2Ami", "ami-0123456789abcdef0"),
                        Set.of(),
                        "ec2Ami",
                        "it is for aws-ec2, and freshtrack:target is self-hosted"),
                bad("image of this machine", "apiImage", "sha256:" + "0".repeat(64), "an EC2 instance sees no image"),
                bad("domain that nobody reaches", "domain", "localhost", "a public domain"),
                bad("no account for certificates", "tlsEmail", "", "Let's Encrypt"));
    }

    private static Stream<Case> place() {
        return Stream.of(
                bad("region that is none", "awsRegion", "Europe", "us-east-1"),
                bad("zone of another region", "ec2Zone", "us-east-1a", "a zone of freshtrack:awsRegion"),
                bad("two zones", "ec2Zone", "eu-central-1a,eu-central-1b", "such as eu-central-1a"),
                bad("public range", "vpcCidr", "8.8.0.0/16", "RFC 1918"),
                bad("zone by its name", "hostedZoneId", "acme.io", "Z…"),
                bad("KMS key by its alias", "secretsKmsKeyArn", "alias/freshtrack", "ARN of a KMS key"),
                bad("alarms to a name", "alarmEmail", "ops", "name@domain"));
    }

    private static Stream<Case> machine() {
        return Stream.of(
                bad(
                        "less than the product needs",
                        "ec2InstanceType",
                        "t3.small",
                        "2 processors and 4 GB",
                        "0.0416 USD"),
                bad("processors of another kind", "ec2InstanceType", "t4g.medium", "m6i.xlarge (0.192 USD an hour)"),
                bad(
                        "type that is too small for what watches the product",
                        "ec2InstanceType",
                        "t3.medium",
                        "= 5632 MiB",
                        "freshtrack:observability false",
                        "pulumi config set freshtrack:ec2InstanceType t3a.large"),
                bad(
                        "more processors than the type has",
                        "postgresCpus",
                        "4",
                        "at most the 2 processors of freshtrack:ec2InstanceType",
                        "pulumi config set freshtrack:postgresCpus 2"),
                bad("no image to start from", "ec2Ami", "", "Ubuntu 22.04", "docs/aws-ec2.md"),
                bad("image by its name", "ec2Ami", "ubuntu-22.04", "ami-…"),
                bad("volume that is too small", "dataVolumeGiB", "5", "from 10"),
                bad("snapshots for no time", "snapshotKeepDays", "0", "from 1 to 1000"));
    }

    private static Stream<Case> access() {
        return Stream.of(
                bad("nobody may log in", "sshCidrs", "", "networks in CIDR notation", "198.51.100.7/32"),
                bad("everybody may log in", "sshCidrs", "0.0.0.0/0", "never open to the world"),
                bad("address of a kind that it hasn't", "sshCidrs", "2001:db8::/32", "IPv4 networks"),
                bad("no host key", "hostKey", "", "Ed25519", MAKE_KEYS),
                bad("key of the instance to log in", "deployKey", SshKeys.HOST, "another key than", MAKE_KEYS));
    }

    private static Case bad(String name, String key, String value, String... fragments) {
        return new Case(name, with(ec2(), key, value), DROPLET_SECRETS, key, fragments);
    }
}
