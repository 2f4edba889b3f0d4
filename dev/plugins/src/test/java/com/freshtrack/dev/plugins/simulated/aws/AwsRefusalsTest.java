package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.simulated.Samples;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused for several inputs together, or for what else exists. */
class AwsRefusalsTest {

    private static final String VPC = "aws:ec2/vpc:Vpc";
    private static final String SUBNET = "aws:ec2/subnet:Subnet";
    private static final String LISTENER = "aws:lb/listener:Listener";
    private static final String CERTIFICATE = "aws:acm/certificate:Certificate";
    private static final String VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
    private static final String TASK = "aws:ecs/taskDefinition:TaskDefinition";
    private static final String BALANCER = "aws:lb/loadBalancer:LoadBalancer";
    private static final String DATABASE = "aws:rds/instance:Instance";
    private static final SdkTypes SDK = SdkTypes.besideThePlugin();

    private final AwsEngine aws = new AwsEngine(Map.of());

    @ParameterizedTest
    @CsvSource({
        "256, 512, ''",
        "256, 4096, \"memory\" doesn't go with cpu 256",
        "512, 512, \"memory\" doesn't go with cpu 512",
        "1024, 8192, ''",
        "1024, 2500, allowed are [2048, 3072",
        "4096, 30720, ''",
        "8192, 20480, ''",
        "16384, 122880, ''",
        "8192, 17408, \"memory\" doesn't go with cpu 8192",
        "300, 512, \"cpu\" isn't a size of Fargate: got 300",
        "1 vCPU, 2048, \"cpu\" isn't a size of Fargate"
    })
    void fargateHasCertainSizes(String cpu, String memory, String problem) {
        assertProblem(problem, aws.resource(TASK, "t").problems(fargate(Map.of("cpu", cpu, "memory", memory))));
    }

    @Test
    void fargateNeedsASizeAndItsNetwork() {
        assertProblem("needs the task's cpu and memory", aws.resource(TASK, "t").problems(fargate(Map.of())));
        assertProblem(
                "allowed is awsvpc",
                aws.resource(TASK, "t")
                        .problems(fargate(Map.of("cpu", "256", "memory", "512", "networkMode", "bridge"))));
        assertThat(aws.resource(TASK, "t").problems(fargate(Map.of("cpu", Unknown.VALUE, "memory", "512"))))
                .isEmpty();
    }

    static Stream<Arguments> json() {
        return Stream.of(
                Arguments.of("aws:iam/role:Role", Map.of("assumeRolePolicy", "{"), "got no JSON"),
                Arguments.of("aws:iam/role:Role", Map.of("assumeRolePolicy", "[]"), "got other JSON"),
                Arguments.of("aws:iam/role:Role", Map.of("assumeRolePolicy", "{}"), ""),
                Arguments.of("aws:iam/rolePolicy:RolePolicy", Map.of("role", "r", "policy", "x"), "\"policy\""),
                Arguments.of("aws:s3/bucketPolicy:BucketPolicy", Map.of("bucket", "b", "policy", ""), "\"policy\""),
                Arguments.of(
                        "aws:cloudwatch/dashboard:Dashboard",
                        Map.of("dashboardName", "d", "dashboardBody", "{"),
                        "\"dashboardBody\""),
                Arguments.of(TASK, Map.of("family", "f", "containerDefinitions", "{}"), "allowed is a JSON array"));
    }

    @ParameterizedTest
    @MethodSource("json")
    void jsonMustBeJson(String type, Map<String, Object> inputs, String problem) {
        assertProblem(problem, aws.resource(type, "r").problems(inputs));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/16, ''",
        "10.0.0.1/16, got 10.0.0.1/16",
        "10.0.0.0/15, allowed is",
        "10.0.0.0/29, allowed is",
        "10.0.0.0, allowed is",
        "10.0.256.0/24, allowed is",
        "fd00::/56, allowed is"
    })
    void aNetworkIsABlock(String cidr, String problem) {
        assertProblem(problem, aws.resource(VPC, "v").problems(Map.of("cidrBlock", cidr)));
    }

    @Test
    void aSubnetLiesInItsNetwork() {
        String vpc = aws.resource(VPC, "v")
                .create(Map.of("cidrBlock", "10.0.0.0/16"), false)
                .getId();

        assertProblem(
                "outside the VPC: got 10.1.0.0/24; allowed is a part of 10.0.0.0/16",
                aws.resource(SUBNET, "s").problems(subnet(vpc, "10.1.0.0/24")));
        assertProblem("", aws.resource(SUBNET, "s").problems(subnet(vpc, "10.0.255.0/24")));
    }

    @Test
    void aPreviewKnowsTheNetworkFromItsDiff() {
        Map<String, Object> network = Map.of("cidrBlock", "10.0.0.0/16");
        aws.resource(VPC, "v").diff("vpc-1", network, network, network);

        assertProblem("outside the VPC", aws.resource(SUBNET, "s").problems(subnet("vpc-1", "10.1.0.0/24")));
    }

    @Test
    void subnetsOfANetworkDoNotOverlap() {
        aws.resource(SUBNET, "a").problems(subnet("vpc-1", "10.0.0.0/23"));

        assertProblem("", aws.resource(SUBNET, "a").problems(subnet("vpc-1", "10.0.0.0/23")));

        assertProblem(
                "overlaps another subnet of the VPC: got 10.0.1.0/24; taken is 10.0.0.0/23",
                aws.resource(SUBNET, "b").problems(subnet("vpc-1", "10.0.1.0/24")));
        assertProblem("", aws.resource(SUBNET, "c").problems(subnet("vpc-1", "10.0.2.0/24")));
        assertProblem("", aws.resource(SUBNET, "d").problems(subnet("vpc-2", "10.0.1.0/24")));
    }

    @Test
    void aSubnetIsNotMadeOverItsPredecessor() {
        EngineSide subnet = aws.resource(SUBNET, "a");
        String old = subnet.create(subnet("vpc-1", "10.0.0.0/23"), false).getId();

        assertThatThrownBy(() -> subnet.create(subnet("vpc-1", "10.0.0.0/24"), false))
                .hasMessageContaining("overlaps another subnet");
        subnet.delete(old, subnet("vpc-1", "10.0.0.0/23"));
        subnet.create(subnet("vpc-1", "10.0.0.0/24"), false);
    }

    @Test
    void balancersAndDatabasesHaveTwoZones() {
        Object one = subnetIn("a", "us-east-1a");
        Object same = subnetIn("b", "us-east-1a");
        Object other = subnetIn("c", "us-east-1b");

        assertProblem("two availability zones", problems(BALANCER, Map.of("subnets", List.of(one, same))));
        assertProblem("", problems(BALANCER, Map.of("subnets", List.of(one, other))));
        assertProblem(
                "two availability zones",
                problems("aws:rds/subnetGroup:SubnetGroup", Map.of("subnetIds", List.of(one, same))));
        assertProblem("", problems(BALANCER, Map.of("subnets", List.of(one, Unknown.VALUE))));
        assertProblem("", problems(BALANCER, Map.of("subnets", List.of(one), "loadBalancerType", "network")));
    }

    @Test
    void aTlsListenerNeedsACertificate() {
        assertProblem("\"certificateArn\" is missing", problems(LISTENER, listener(Map.of("protocol", "HTTPS"))));
        assertProblem("", problems(LISTENER, listener(Map.of("protocol", "HTTP"))));
        assertProblem(
                "",
                problems(LISTENER, listener(Map.of("protocol", "HTTPS", "certificateArn", "arn:of:somebody:else"))));
    }

    @Test
    void itsCertificateIsValidated() {
        Object certificate = aws.resource(CERTIFICATE, "c")
                .created(Map.of("domainName", "example.com", "validationMethod", "DNS"))
                .get("arn");
        Map<String, Object> inputs = listener(Map.of("protocol", "HTTPS", "certificateArn", certificate));

        assertProblem("isn't issued", problems(LISTENER, inputs));
        assertThatThrownBy(() -> aws.resource(LISTENER, "l").create(inputs, false))
                .hasMessageContaining("isn't issued");

        problems(VALIDATION, Map.of("certificateArn", certificate));
        assertProblem("", problems(LISTENER, inputs));
        assertThatThrownBy(() -> aws.resource(LISTENER, "l").create(inputs, false))
                .hasMessageContaining("isn't issued");

        aws.resource(VALIDATION, "v").created(Map.of("certificateArn", certificate));
        aws.resource(LISTENER, "l").created(inputs);
    }

    @Test
    void securityGroupsHaveNoRulesInside() {
        Map<String, Object> rule = Map.of("fromPort", 80.0, "toPort", 80.0, "protocol", "tcp");

        assertProblem(
                "\"ingress\" fights with rules that are resources",
                problems("aws:ec2/securityGroup:SecurityGroup", Map.of("ingress", List.of(rule))));
        assertProblem("", problems("aws:ec2/securityGroup:SecurityGroup", Map.of("egress", List.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', no finalSnapshotIdentifier",
        "skipFinalSnapshot, '', ''",
        "finalSnapshotIdentifier, '', ''",
        "skipFinalSnapshot, deletionProtection, got deletionProtection true"
    })
    void aDatabaseGoesWithASnapshotAndUnprotected(String one, String other, String problem) {
        Map<String, Object> state = new HashMap<>(Map.of("instanceClass", "db.t4g.medium"));
        for (String given : List.of(one, other)) {
            if (!given.isEmpty()) {
                state.put(given, given.startsWith("final") ? "last" : (Object) true);
            }
        }
        EngineSide database = aws.resource(DATABASE, "d");
        if (problem.isEmpty()) {
            database.delete("db-1", state);
        } else {
            assertThatThrownBy(() -> database.delete("db-1", state)).hasMessageContaining(problem);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "public, true, ''",
        "private, false, ''",
        "public, false, none on a public gateway",
        "private, true, one on a private gateway"
    })
    void aPublicGatewayHasAnAddress(String kind, boolean address, String problem) {
        Map<String, Object> inputs = new HashMap<>(Map.of("subnetId", "s", "connectivityType", kind));
        if (address) {
            inputs.put("allocationId", Unknown.VALUE);
        }

        assertProblem(problem, problems("aws:ec2/natGateway:NatGateway", inputs));
    }

    @Test
    void aProtectedBalancerStays() {
        assertThatThrownBy(() -> aws.resource(BALANCER, "b").delete("arn", Map.of("enableDeletionProtection", true)))
                .hasMessageContaining("enableDeletionProtection");
    }

    @Test
    void aChosenNameMayBeTooLong() {
        assertProblem(
                "\"name\" would be longer than 80 characters",
                aws.resource("aws:sns/topic:Topic", "t".repeat(73)).problems(Map.of()));
        assertProblem("", aws.resource("aws:sns/topic:Topic", "t".repeat(72)).problems(Map.of()));
        assertProblem("", aws.resource("aws:sns/topic:Topic", "t").problems(Map.of("name", "t".repeat(200))));
    }

    @Test
    void noMessageHoldsASecret() {
        assertThat(problems("aws:kms/alias:Alias", Map.of("name", new Secret("hidden value"), "targetKeyId", "k")))
                .singleElement()
                .asString()
                .contains("[secret]")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "aws:ec2/vpc:Vpc, cidrBlock",
        "aws:lb/loadBalancer:LoadBalancer, name",
        "aws:cloudwatch/logGroup:LogGroup, retentionInDays",
        "aws:rds/instance:Instance, backupRetentionPeriod",
        "aws:iam/role:Role, assumeRolePolicy"
    })
    void whatIsUnknownPasses(String type, String property) {
        Map<String, Object> inputs = new TreeMap<>(Samples.required(SDK.resource(type)));
        inputs.put(property, Unknown.VALUE);

        assertThat(problems(type, inputs)).noneMatch(problem -> problem.contains("\"" + property + "\""));
    }

    private List<String> problems(String type, Map<String, Object> inputs) {
        return aws.resource(type, "r").problems(inputs);
    }

    private static void assertProblem(String problem, List<String> problems) {
        if (problem.isEmpty()) {
            assertThat(problems).noneMatch(text -> !text.contains("exactly one"));
        } else {
            assertThat(problems).anyMatch(text -> text.contains(problem));
        }
    }

    private Object subnetIn(String name, String zone) {
        return aws.resource(SUBNET, name)
                .create(Map.of("vpcId", "vpc-1", "availabilityZone", zone), false)
                .getId();
    }

    private static Map<String, Object> subnet(String vpc, String cidr) {
        return Map.of("vpcId", vpc, "cidrBlock", cidr);
    }

    private static Map<String, Object> listener(Map<String, Object> more) {
        Map<String, Object> inputs = new HashMap<>(more);
        inputs.put("loadBalancerArn", "arn");
        inputs.put("port", 443.0);
        inputs.put("defaultActions", List.of(Map.of("type", "forward", "targetGroupArn", "arn")));
        return inputs;
    }

    private static Map<String, Object> fargate(Map<String, Object> more) {
        Map<String, Object> inputs = new HashMap<>(Map.of(
                "family",
                "f",
                "containerDefinitions",
                "[]",
                "requiresCompatibilities",
                List.of("FARGATE"),
                "networkMode",
                "awsvpc"));
        inputs.putAll(more);
        return inputs;
    }
}
