package com.freshtrack.infra.config;

import static com.freshtrack.infra.config.Configurations.fargate;
import static com.freshtrack.infra.config.Configurations.with;

import com.freshtrack.infra.config.BadConfigurations.Case;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The table of bad configurations of a stack on Fargate. */
final class BadFargate {
    private BadFargate() {}

    static Stream<Case> all() {
        return Stream.of(foreign(), network(), frontDoor(), database(), tasks()).flatMap(each -> each);
    }

    private static Stream<Case> foreign() {
        return Stream.of(
                bad(
                        "key of a Docker host",
                        "publishAddress",
                        "0.0.0.0",
                        "it is for self-hosted, and freshtrack:target is aws-fargate",
                        "pulumi config rm freshtrack:publishAddress"),
                bad("container of the database", "postgresMemoryMiB", "2048", "it is for self-hosted"),
                bad("connections of the class", "maxConnections", "200", "it is for self-hosted"),
                new Case(
                        "key of Fargate on a Docker host",
                        with(Configurations.dev(), "nat", "per-zone"),
                        Set.of(),
                        "nat",
                        "it is for aws-fargate, and freshtrack:target is self-hosted"),
                bad("image of this machine", "apiImage", "sha256:" + "0".repeat(64), "Fargate sees no image"));
    }

    private static Stream<Case> network() {
        return Stream.of(
                bad("region that is none", "awsRegion", "Europe", "us-east-1"),
                bad("one zone", "awsZones", "us-east-1a", "two or three"),
                bad("four zones", "awsZones", "us-east-1a,us-east-1b,us-east-1c,us-east-1d", "two or three"),
                bad("a zone twice", "awsZones", "us-east-1a,us-east-1a", "two or three"),
                bad("zone of another region", "awsZones", "us-east-1a,us-west-2b", "zones of freshtrack:awsRegion"),
                bad("public range", "vpcCidr", "8.8.0.0/16", "RFC 1918"),
                bad("range that begins elsewhere", "vpcCidr", "10.20.1.0/16", "by its first address"),
                bad("range that is too small", "vpcCidr", "10.20.0.0/22", "/16 to /21"),
                bad("range that is too large", "vpcCidr", "10.0.0.0/8", "/16 to /21"),
                bad("range beyond RFC 1918", "vpcCidr", "172.32.0.0/16", "RFC 1918"),
                bad("unknown NAT", "nat", "two", "none or single or per-zone"));
    }

    private static Stream<Case> frontDoor() {
        return Stream.of(
                bad("domain that ACM knows nothing of", "domain", "localhost", "ACM issues no certificate"),
                bad("TLS 1.0", "tlsPolicy", "ELBSecurityPolicy-2016-08", "nothing below TLS 1.2"),
                bad("TLS 1.1", "tlsPolicy", "ELBSecurityPolicy-TLS13-1-1-2021-06", "nothing below TLS 1.2"),
                bad("zone by its name", "hostedZoneId", "acme.io", "Z…"),
                outOfReach("http://s3.example.com"),
                outOfReach("https://s3.example.com:9000"));
    }

    private static Case outOfReach(String endpoint) {
        return new Case(
                "storage that tasks don't reach",
                with(fargate(), "s3Endpoint", endpoint, "s3AccessKey", "hunter2-key", "s3SecretKey", "hunter2-secret"),
                Set.of("s3AccessKey", "s3SecretKey"),
                "s3Endpoint",
                "port 443, which is all that tasks reach");
    }

    private static Stream<Case> database() {
        return Stream.of(
                bad(
                        "database in a container",
                        "database",
                        "ecs-ebs",
                        "rds. ecs-ebs is not offered: PostgreSQL as a service of ECS would lose its data",
                        "pulumi config set freshtrack:database rds"),
                bad("database of another kind", "database", "aurora", "rds"),
                bad("minor version", "postgresVersion", "15.7", "from 15 to 17"),
                bad("version that RDS doesn't sell yet", "postgresVersion", "18", "from 15 to 17"),
                bad(
                        "newer server than its clients",
                        with(fargate(), "postgresVersion", "16"),
                        "backupImage",
                        "clients of 16 or newer",
                        "pulumi config set freshtrack:backupImage eeshugerman/postgres-backup-s3:16"),
                bad("class without known connections", "databaseInstanceClass", "db.t2.micro", "db.t4g.micro"),
                bad("multi-AZ in words", "databaseMultiAz", "yes", "true or false"),
                bad("less storage than RDS sells", "databaseStorageGiB", "10", "from 20"),
                bad("no way back in prod", "databaseRetentionDays", "1", "from 7 to 35"),
                bad("unknown authorities", "databaseCaFile", "", "certificate bundle"));
    }

    private static Stream<Case> tasks() {
        return Stream.of(
                bad("processors that Fargate doesn't sell", "apiTaskCpu", "300", "256, 512, 1024"),
                bad(
                        "memory that Fargate doesn't sell with them",
                        "apiTaskMemoryMiB",
                        "8192",
                        "1024 to 4096 in steps of 1024",
                        "pulumi config set freshtrack:apiTaskMemoryMiB 4096"),
                bad("small task with much memory", "redisTaskMemoryMiB", "4096", "512, 1024, 2048"),
                bad(
                        "no memory left for the API",
                        "pgbouncerMemoryMiB",
                        "1000",
                        "at most 960",
                        "pulumi config set freshtrack:pgbouncerMemoryMiB 64"),
                bad("longer than Fargate waits", "apiStopGraceSeconds", "200", "at most 120"),
                bad("fewer at most than at least", "apiMaxCount", "1", "at least freshtrack:apiMinCount, 2"),
                bad(
                        "more units than the database has connections for",
                        with(fargate(), "databaseInstanceClass", "db.t4g.micro", "apiMaxCount", "60"),
                        "apiMaxCount",
                        "121 API units at peak",
                        "No pool fits"),
                bad("spot in percent", "apiSpotWeight", "80", "from 0 to 10"),
                bad("days that CloudWatch doesn't know", "logRetentionDays", "31", "30, 60, 90"),
                bad("dumps for no time", "dumpKeepDays", "0", "from 1 to 3650"),
                bad("alarms to a name", "alarmEmail", "ops", "name@domain"),
                bad("KMS key by its alias", "secretsKmsKeyArn", "alias/freshtrack", "ARN of a KMS key"));
    }

    private static Case bad(String name, String key, String value, String... fragments) {
        return bad(name, with(fargate(), key, value), key, fragments);
    }

    private static Case bad(String name, Map<String, String> values, String key, String... fragments) {
        return new Case(name, values, Set.of(), key, fragments);
    }
}
