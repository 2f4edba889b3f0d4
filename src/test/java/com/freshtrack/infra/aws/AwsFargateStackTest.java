package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.Golden;
import com.freshtrack.infra.Recorded;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What others stumbled over, and what a stack's configuration decides. */
@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsFargateStackTest {
    private static final String SUBNET = "aws:ec2/subnet:Subnet";
    private static final String INSTANCE = "aws:rds/instance:Instance";
    private static final String SERVICE = "aws:ecs/service:Service";
    private static final String LISTENER = "aws:lb/listener:Listener";

    private Recorded stack;

    @BeforeAll
    void record() {
        stack = Recording.of(Stacks.prod());
    }

    @Test
    void oneMoreZoneChangesNoSubnetThatIsThere() {
        var two = Recording.of(Stacks.prod("awsZones", "us-east-1a,us-east-1c"));
        var three = Recording.of(Stacks.prod("awsZones", "us-east-1b,us-east-1c,us-east-1a"));

        assertThat(two.ofType(SUBNET)).hasSize(6);
        assertThat(three.ofType(SUBNET)).hasSize(9).containsAll(two.ofType(SUBNET));
        assertThat(three.ofType(SUBNET).stream().map(subnet -> subnet.input("cidrBlock")))
                .doesNotHaveDuplicates();
    }

    @Test
    void aNatIsWhereItWasAskedFor() {
        assertThat(nats("none")).isZero();
        assertThat(nats("single")).isEqualTo(1);
        assertThat(nats("per-zone")).isEqualTo(2);
        assertThat(Recording.of(Stacks.prod("nat", "none"))
                        .one(SERVICE, "freshtrack-api")
                        .input("networkConfiguration"))
                .contains("assignPublicIp=true", "freshtrack-public-a-id")
                .doesNotContain("private");
        assertThat(stack.one(SERVICE, "freshtrack-api").input("networkConfiguration"))
                .contains("assignPublicIp=false", "freshtrack-private-a-id");
    }

    private static int nats(String kind) {
        return Recording.of(Stacks.prod("nat", kind))
                .ofType("aws:ec2/natGateway:NatGateway")
                .size();
    }

    @Test
    void theDatabaseHasTheConnectionsOfThePlanAndTakesNoLoginWithoutTls() {
        assertThat(stack.one("aws:rds/parameterGroup:ParameterGroup", "freshtrack-database")
                        .inputs())
                .containsEntry(
                        "parameters",
                        List.of(
                                parameter("log_min_error_statement", "panic", "immediate"),
                                parameter("max_connections", "383", "pending-reboot"),
                                parameter("rds.force_ssl", "1", "immediate")));
        assertThat(stack.one(INSTANCE, "freshtrack-database").inputs())
                .containsEntry("instanceClass", "db.t4g.medium")
                .containsEntry("engineVersion", "15")
                .containsEntry("allowMajorVersionUpgrade", false)
                .containsEntry("autoMinorVersionUpgrade", true)
                .containsEntry("multiAz", true)
                .containsEntry("deletionProtection", true)
                .containsEntry("skipFinalSnapshot", false)
                .containsEntry("finalSnapshotIdentifier", "freshtrack-database-name-final")
                .containsEntry("backupRetentionPeriod", 7.0)
                .containsEntry("deleteAutomatedBackups", false)
                .containsEntry("storageType", "gp3");
        assertThat(stack.one("aws:ecs/taskDefinition:TaskDefinition", "freshtrack-api")
                        .input("containerDefinitions"))
                .contains("server_tls_sslmode = verify-full", "host=freshtrack-database-address");
    }

    @Test
    void anotherMajorVersionIsAnUpgradeOfTheInstanceAndAnotherGroupOfParameters() {
        var upgraded = Recording.of(Stacks.prod("postgresVersion", "16", "backupImage", "example.com/backup:16"));

        assertThat(upgraded.one(INSTANCE, "freshtrack-database").inputs())
                .containsEntry("engineVersion", "16")
                .containsEntry("allowMajorVersionUpgrade", true);
        var parameters = upgraded.one("aws:rds/parameterGroup:ParameterGroup", "freshtrack-database");
        assertThat(parameters.inputs())
                .containsEntry("family", "postgres16")
                .containsEntry(
                        "parameters",
                        stack.one("aws:rds/parameterGroup:ParameterGroup", "freshtrack-database")
                                .inputs()
                                .get("parameters"));
        assertThat(upgraded.one("aws:ecs/taskDefinition:TaskDefinition", "freshtrack-roles")
                        .input("containerDefinitions"))
                .as("roles that are made again on the new server")
                .contains("-- PostgreSQL 16");
    }

    private static Map<String, Object> parameter(String name, String value, String applied) {
        return Map.of("applyMethod", applied, "name", name, "value", value);
    }

    @Test
    void aDevelopmentStackCanBeRemoved() {
        var dev = Recording.of(Stacks.prod("environment", "dev", "databaseMultiAz", "false"));

        assertThat(dev.one(INSTANCE, "freshtrack-database").inputs())
                .containsEntry("deletionProtection", false)
                .containsEntry("skipFinalSnapshot", true)
                .doesNotContainKey("finalSnapshotIdentifier");
        assertThat(dev.one("aws:secretsmanager/secret:Secret", "freshtrack-redis-password")
                        .inputs())
                .containsEntry("recoveryWindowInDays", 0.0);
        assertThat(dev.ofType("aws:ec2/flowLog:FlowLog")).isEmpty();
        assertThat(stack.ofType("aws:ec2/flowLog:FlowLog")).hasSize(1);
    }

    @Test
    void httpIsRedirectedAndHttpsWaitsForTheValidationOfItsCertificate() {
        assertThat(stack.one(LISTENER, "freshtrack-http").input("defaultActions"))
                .contains("statusCode=HTTP_301", "protocol=HTTPS");
        assertThat(stack.one(LISTENER, "freshtrack-https").inputs())
                .containsEntry("sslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06")
                .containsEntry("certificateArn", "arn:aws:acm:us-east-1:123456789012:freshtrack-certificate-validated");
        assertThat(stack.one("aws:acm/certificateValidation:CertificateValidation", "freshtrack-certificate")
                        .inputs())
                .containsEntry("validationRecordFqdns", List.of("freshtrack-certificate-fqdn"));
        assertThat(stack.one("aws:lb/loadBalancer:LoadBalancer", "freshtrack-lb")
                        .inputs())
                .containsEntry("dropInvalidHeaderFields", true)
                .containsEntry("enableDeletionProtection", true);
    }

    @Test
    void whileDnsIsNotReadyNothingIsMadeThatWouldHang() {
        var waiting = Recording.of(Stacks.prod("dnsReady", "false", "hostedZoneId", ""));

        assertThat(waiting.all())
                .extracting(Recorded.Asked::type)
                .doesNotContain("aws:acm/certificateValidation:CertificateValidation", "aws:route53/record:Record");
        assertThat(waiting.ofType(LISTENER)).extracting(Recorded.Asked::name).containsExactly("freshtrack-http");
        assertThat(waiting.ofType(SERVICE))
                .extracting(Recorded.Asked::name)
                .containsExactlyInAnyOrder("freshtrack-redis", "freshtrack-minio");
        assertThat(waiting.ofType("command:local:Command"))
                .extracting(Recorded.Asked::name)
                .containsExactlyInAnyOrder(
                        "freshtrack-redis-verdict",
                        "freshtrack-minio-verdict",
                        "freshtrack-bucket",
                        "freshtrack-roles",
                        "freshtrack-connections",
                        "freshtrack-migrate");
    }

    @Test
    void twoOfThoseWhoKeepFilesAreNeverThereAtOnce() {
        for (var name : List.of("freshtrack-redis", "freshtrack-minio")) {
            assertThat(stack.one(SERVICE, name).inputs())
                    .containsEntry("deploymentMinimumHealthyPercent", 0.0)
                    .containsEntry("deploymentMaximumPercent", 100.0)
                    .containsEntry("desiredCount", 1.0);
        }
    }

    @Test
    void theApiRollsAndIsRolledBack() {
        assertThat(stack.one(SERVICE, "freshtrack-api").inputs())
                .containsEntry("deploymentMinimumHealthyPercent", 100.0)
                .containsEntry("deploymentMaximumPercent", 200.0)
                .containsEntry("deploymentCircuitBreaker", Map.of("enable", true, "rollback", true))
                .containsEntry("healthCheckGracePeriodSeconds", 120.0)
                .containsEntry("enableExecuteCommand", false);
        assertThat(stack.one("aws:appautoscaling/target:Target", "freshtrack-api")
                        .inputs())
                .containsEntry("minCapacity", 2.0)
                .containsEntry("maxCapacity", 4.0);
    }

    @Test
    void spotTakesNoneOfTheFewest() {
        assertThat(stack.one(SERVICE, "freshtrack-api").inputs())
                .containsEntry(
                        "capacityProviderStrategies",
                        List.of(Map.of("base", 2.0, "capacityProvider", "FARGATE", "weight", 1.0)));
        assertThat(Recording.of(Stacks.prod("apiSpotWeight", "3"))
                        .one(SERVICE, "freshtrack-api")
                        .input("capacityProviderStrategies"))
                .contains("capacityProvider=FARGATE_SPOT, weight=3.0");
    }

    @Test
    void aTaskIsStartedWithItsOwnSecretsAlone() {
        Golden.assertMatches("aws/secrets-read.txt", IamStatements.secretsRead(stack));
    }

    @Test
    void aTaskIsStartedFromTheRepositoriesOfItsImagesAlone() {
        assertThat(stack.ofType("aws:iam/rolePolicy:RolePolicy"))
                .extracting(policy -> policy.input("policy"))
                .hasSizeGreaterThan(7)
                .noneMatch(policy -> policy.contains("ecr:"));
        var fromEcr = Recording.of(Stacks.prod(
                "apiImage", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/fresh/api@sha256:" + "a".repeat(64)));
        assertThat(fromEcr.one("aws:iam/rolePolicy:RolePolicy", "freshtrack-api-execution")
                        .input("policy"))
                .contains("arn:aws:ecr:eu-west-1:123456789012:repository/fresh/api");
    }

    @Test
    void execLeadsIntoTheApiWhereItIsOn() {
        var exec = Recording.of(Stacks.prod("ecsExec", "true"));

        assertThat(exec.one(SERVICE, "freshtrack-api").inputs()).containsEntry("enableExecuteCommand", true);
        assertThat(exec.one("aws:ecs/taskDefinition:TaskDefinition", "freshtrack-api")
                        .inputs())
                .containsKey("taskRoleArn");
        assertThat(stack.one("aws:ecs/taskDefinition:TaskDefinition", "freshtrack-api")
                        .inputs())
                .doesNotContainKey("taskRoleArn");
    }

    @Test
    void anExternalS3TakesMiniosPlace() {
        var external = Recording.of(Stacks.prod(
                "s3Endpoint",
                "https://s3.example.com",
                "s3AccessKey",
                Stacks.SENTINEL + "access",
                "s3SecretKey",
                Stacks.SENTINEL + "secret"));

        assertThat(external.all()).noneMatch(resource -> resource.name().contains("minio"));
    }

    @Test
    void theDatabaseIsDumpedEachNightIntoABucketThatKeepsVersions() {
        assertThat(stack.one("aws:s3/bucketVersioningV2:BucketVersioningV2", "freshtrack-dumps")
                        .input("versioningConfiguration"))
                .contains("status=Enabled");
        assertThat(stack.one("aws:scheduler/schedule:Schedule", "freshtrack-dump")
                        .input("target"))
                .contains("arn:aws:ecs:us-east-1:123456789012:freshtrack-dump", "freshtrack-private-a-id");
        assertThat(stack.one("aws:iam/rolePolicy:RolePolicy", "freshtrack-dump-task")
                        .input("policy"))
                .contains("s3:PutObject", "arn:aws:s3:us-east-1:123456789012:freshtrack-dumps/*")
                .doesNotContain("Delete", "Get");
        assertThat(stack.one("aws:iam/rolePolicy:RolePolicy", "freshtrack-dump-schedule")
                        .input("policy"))
                .contains("iam:PassRole", "freshtrack-dump-execution", "freshtrack-dump-task");
    }

    /** Whatever else changed: what the server has can change behind the program's back. */
    @Test
    void theServerIsAskedForItsConnectionsAtEachRelease() {
        assertThat(stack.one("command:local:Command", "freshtrack-connections").input("environment"))
                .contains("RELEASE=arn:aws:ecs:us-east-1:123456789012:freshtrack-api,");
        assertThat(stack.one("aws:ecs/taskDefinition:TaskDefinition", "freshtrack-connections")
                        .input("containerDefinitions"))
                .contains(
                        "::int <> 383 THEN",
                        "a reboot of the instance is pending",
                        "--db-instance-identifier freshtrack-database-address");
    }

    /** A verdict on another service, definition or network than what was made would be one on nothing. */
    @Test
    void everyVerdictAsksForWhatItsServiceWasGiven() {
        var verdicts = Map.of("api", "verdict", "redis", "redis-verdict", "minio", "minio-verdict");
        verdicts.forEach((name, verdict) -> {
            var service = stack.one("aws:ecs/service:Service", "freshtrack-" + name);
            var network = (Map<?, ?>) service.inputs().get("networkConfiguration");
            var subnets = ((List<?>) network.get("subnets"))
                    .stream().map(String::valueOf).sorted();

            assertThat(environment("freshtrack-" + verdict))
                    .as(verdict)
                    .containsEntry("SERVICE", "freshtrack-" + name + "-name")
                    .containsEntry("CLUSTER", "freshtrack-cluster-name")
                    .containsEntry("TASK_DEFINITION", service.input("taskDefinition"))
                    .containsEntry("SUBNETS", subnets.collect(Collectors.joining(",")))
                    .containsEntry("SECURITY_GROUP", "freshtrack-" + name + "-id");
            assertThat(service.input("taskDefinition")).endsWith(":freshtrack-" + name);
        });
        for (var task : List.of("roles", "migrate", "connections", "bucket")) {
            assertThat(environment("freshtrack-" + task))
                    .as(task)
                    .containsEntry("TASK_DEFINITION", "arn:aws:ecs:us-east-1:123456789012:freshtrack-" + task)
                    .containsEntry("CONTAINER", task);
        }
    }

    private Map<String, String> environment(String command) {
        var environment = new TreeMap<String, String>();
        ((Map<?, ?>) stack.one("command:local:Command", command).inputs().get("environment"))
                .forEach((key, value) -> environment.put(String.valueOf(key), String.valueOf(value)));
        return environment;
    }
}
