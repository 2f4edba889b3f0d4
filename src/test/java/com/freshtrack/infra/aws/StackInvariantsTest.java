package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.freshtrack.infra.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for every resource of a production stack. */
@Tag("unit")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StackInvariantsTest {
    /** Where a secret's text belongs, and Pulumi keeps it encrypted. */
    private static final Set<String> SECRET_INPUTS =
            Set.of("aws:secretsmanager/secretVersion:SecretVersion secretString", "aws:rds/instance:Instance password");

    /** What AWS allows; a name that is generated is seven digits and a hyphen longer than its resource's. */
    private static final Map<String, Integer> LONGEST_NAMES = Map.of(
            "aws:lb/loadBalancer:LoadBalancer", 32,
            "aws:cloudwatch/eventRule:EventRule", 64,
            "aws:lb/targetGroup:TargetGroup", 32,
            "aws:iam/role:Role", 64,
            "aws:efs/fileSystem:FileSystem", 64,
            "aws:rds/instance:Instance", 63,
            "aws:s3/bucketV2:BucketV2", 63,
            "aws:scheduler/schedule:Schedule", 64);

    private Recorded stack;

    @BeforeAll
    void record() {
        stack = Recording.of(Stacks.prod());
    }

    @Test
    void everythingDescendsFromTheComponent() {
        assertThat(stack.urns()).hasSizeGreaterThan(100);
        assertThat(stack.descents()).allMatch(type -> type.startsWith("pulumi:pulumi:Stack$" + AwsFargateStack.TYPE));
    }

    @Test
    void theInternetReachesTheLoadBalancerAloneOnTwoPorts() {
        var open = stack.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").stream()
                .filter(rule -> !rule.inputs().containsKey("referencedSecurityGroupId"))
                .toList();

        assertThat(open)
                .extracting(
                        rule -> rule.input("securityGroupId"),
                        rule -> rule.input("fromPort"),
                        rule -> rule.input("toPort"))
                .containsExactlyInAnyOrder(
                        tuple("freshtrack-load-balancer-id", "80.0", "80.0"),
                        tuple("freshtrack-load-balancer-id", "443.0", "443.0"));
        assertThat(stack.ofType("aws:ec2/securityGroup:SecurityGroup"))
                .as("rules inside of groups, which would fight with those of their own")
                .noneMatch(group ->
                        group.inputs().containsKey("ingress") || group.inputs().containsKey("egress"));
        assertThat(stack.ofType("aws:rds/instance:Instance"))
                .allMatch(database -> database.input("publiclyAccessible").equals("false"));
        assertThat(stack.ofType("aws:ec2/subnet:Subnet"))
                .allMatch(subnet -> subnet.input("mapPublicIpOnLaunch").equals("false"));
    }

    @Test
    void theGroupsReachEachOtherAndTheInternetOnThesePortsAlone() {
        var ways = Set.of(
                "load-balancer api 3000",
                "api database 5432",
                "work database 5432",
                "api redis 6379",
                "api minio 9000",
                "redis files 2049",
                "minio files 2049");
        var in = stack.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").stream()
                .filter(rule -> rule.inputs().containsKey("referencedSecurityGroupId"))
                .map(rule -> way(rule, "referencedSecurityGroupId", "securityGroupId"));
        var out = stack.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule").stream()
                .collect(Collectors.partitioningBy(rule -> rule.inputs().containsKey("cidrIpv4")));

        assertThat(in).containsExactlyInAnyOrderElementsOf(ways);
        assertThat(out.get(false).stream().map(rule -> way(rule, "securityGroupId", "referencedSecurityGroupId")))
                .containsExactlyInAnyOrderElementsOf(ways);
        assertThat(out.get(true).stream().map(rule -> way(rule, "securityGroupId", "cidrIpv4")))
                .containsExactlyInAnyOrder(
                        "api 0.0.0.0/0 443", "work 0.0.0.0/0 443", "redis 0.0.0.0/0 443", "minio 0.0.0.0/0 443");
    }

    private static String way(Recorded.Asked rule, String from, String to) {
        assertThat(rule.input("ipProtocol")).isEqualTo("tcp");
        assertThat(rule.input("toPort")).isEqualTo(rule.input("fromPort"));
        return "%s %s %s"
                .formatted(rule.input(from), rule.input(to), rule.input("toPort"))
                .replaceAll("freshtrack-([a-z-]+)-id", "$1")
                .replaceAll("\\.0$", "");
    }

    @Test
    void everythingAtRestIsEncrypted() {
        assertThat(stack.ofType("aws:rds/instance:Instance"))
                .isNotEmpty()
                .allMatch(database -> database.input("storageEncrypted").equals("true"));
        assertThat(stack.ofType("aws:efs/fileSystem:FileSystem"))
                .isNotEmpty()
                .allMatch(files -> files.input("encrypted").equals("true"));
        assertThat(stack.ofType("aws:sns/topic:Topic")).isNotEmpty().allMatch(topic -> topic.input("kmsMasterKeyId")
                .startsWith("arn:aws:kms:"));
        var encrypted = stack
                .ofType("aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2")
                .stream()
                .map(configuration -> configuration.input("bucket"))
                .toList();
        assertThat(stack.ofType("aws:s3/bucketV2:BucketV2")).isNotEmpty().allSatisfy(bucket -> assertThat(encrypted)
                .contains(bucket.name() + "-id"));
        assertThat(stack.ofType("aws:ecs/taskDefinition:TaskDefinition").stream()
                        .filter(task -> task.inputs().containsKey("volumes")))
                .hasSize(2)
                .allMatch(task -> task.input("volumes").contains("transitEncryption=ENABLED"));
    }

    @Test
    void everyStatementOfIamNamesItsResources() {
        IamStatements.assertNameTheirResources(
                stack,
                List.of(
                        "aws:iam/rolePolicy:RolePolicy",
                        "aws:s3/bucketPolicy:BucketPolicy",
                        "aws:sns/topicPolicy:TopicPolicy"));
    }

    /** What only some configurations ask for: a shell in a task, a private registry, a key for the secrets. */
    @Test
    void soDoesEveryStatementOfWhatIsOffByDefault() {
        IamStatements.assertNameTheirResources(
                Recording.of(Stacks.prod(
                        "ecsExec",
                        "true",
                        "apiImage",
                        "123456789012.dkr.ecr.us-east-1.amazonaws.com/api@sha256:" + "0123456789abcdef".repeat(4),
                        "secretsKmsKeyArn",
                        "arn:aws:kms:us-east-1:123456789012:key/1234")),
                List.of("aws:iam/rolePolicy:RolePolicy"));
    }

    @Test
    void noSecretStandsInAPlainInput() {
        assertThat(stack.places(Stacks.SENTINEL)).containsExactlyInAnyOrderElementsOf(SECRET_INPUTS);
    }

    @Test
    void everyNameIsShortEnough() {
        assertThat(stack.all())
                .allSatisfy(resource -> assertThat(resource.name().length() + 8)
                        .as(resource.type() + " " + resource.name())
                        .isLessThanOrEqualTo(LONGEST_NAMES.getOrDefault(resource.type(), 80)));
    }

    /** Names that the program gives can't be replaced while the old one is in use, so that it gives few. */
    @Test
    void namesAreGivenOnlyWhereTheyMeanSomething() {
        var named = stack.all().stream()
                .filter(resource -> Stream.of("name", "bucket", "identifier")
                        .anyMatch(property -> resource.inputs().containsKey(property)))
                .map(Recorded.Asked::type)
                .filter(type -> !type.startsWith("aws:s3/bucket"))
                .distinct();

        assertThat(named)
                .containsExactlyInAnyOrder(
                        "aws:route53/record:Record",
                        "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
                        "aws:servicediscovery/service:Service");
    }
}
