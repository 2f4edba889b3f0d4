package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.simulated.Samples;
import com.freshtrack.dev.plugins.simulated.SimulatedPlugin;
import com.freshtrack.dev.plugins.wire.Secret;
import com.freshtrack.dev.plugins.wire.Unknown;
import com.freshtrack.dev.plugins.wire.WireFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DiffResponse;

class AwsOutputsTest {

    private static final String TASK = "aws:ecs/taskDefinition:TaskDefinition";
    private static final String VPC = "aws:ec2/vpc:Vpc";
    private static final Map<String, Object> FARGATE = Map.of("family", "api", "containerDefinitions", "[]");

    private final AwsEngine aws = new AwsEngine(Map.of("AWS_REGION", "eu-central-1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aws:ec2/vpc:Vpc | arn | arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-[0-9a-f]{17}",
                "aws:ec2/vpc:Vpc | defaultSecurityGroupId | sg-[0-9a-f]{17}",
                "aws:ebs/volume:Volume | arn | arn:aws:ec2:eu-central-1:123456789012:volume/vol-[0-9a-f]{17}",
                "aws:ec2/instance:Instance | arn | arn:aws:ec2:eu-central-1:123456789012:instance/i-[0-9a-f]{17}",
                "aws:iam/instanceProfile:InstanceProfile | arn | arn:aws:iam::123456789012:instance-profile/r-[0-9a-f]{7}",
                "aws:ec2/eip:Eip | publicIp | 203\\.0\\.113\\.[0-9]{1,3}",
                "aws:lb/loadBalancer:LoadBalancer | arn | arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/r-[0-9a-f]{7}/[0-9a-f]{16}",
                "aws:lb/loadBalancer:LoadBalancer | arnSuffix | app/r-[0-9a-f]{7}/[0-9a-f]{16}",
                "aws:lb/loadBalancer:LoadBalancer | dnsName | r-[0-9a-f]{7}-[0-9]{10}\\.eu-central-1\\.elb\\.amazonaws\\.com",
                "aws:lb/targetGroup:TargetGroup | arnSuffix | targetgroup/r-[0-9a-f]{7}/[0-9a-f]{16}",
                "aws:ecs/cluster:Cluster | arn | arn:aws:ecs:eu-central-1:123456789012:cluster/r-[0-9a-f]{7}",
                "aws:iam/role:Role | arn | arn:aws:iam::123456789012:role/r-[0-9a-f]{7}",
                "aws:rds/instance:Instance | endpoint | r[0-9a-f]{7}\\.[0-9a-f]{12}\\.eu-central-1\\.rds\\.amazonaws\\.com:5432",
                "aws:secretsmanager/secret:Secret | arn | arn:aws:secretsmanager:eu-central-1:123456789012:secret:r-[0-9a-f]{7}-[0-9A-Z]{6}",
                "aws:kms/key:Key | arn | arn:aws:kms:eu-central-1:123456789012:key/[0-9a-f-]{36}",
                "aws:efs/fileSystem:FileSystem | dnsName | fs-[0-9a-f]{17}\\.efs\\.eu-central-1\\.amazonaws\\.com",
                "aws:cloudwatch/logGroup:LogGroup | arn | arn:aws:logs:eu-central-1:123456789012:log-group:r-[0-9a-f]{7}",
                "aws:s3/bucketV2:BucketV2 | arn | arn:aws:s3:::r-[0-9a-f]{7}",
                "aws:sns/topic:Topic | arn | arn:aws:sns:eu-central-1:123456789012:r-[0-9a-f]{7}",
                "aws:scheduler/schedule:Schedule | arn | arn:aws:scheduler:eu-central-1:123456789012:schedule/default/r-[0-9a-f]{7}"
            })
    void haveTheShapeOfAws(String type, String output, String pattern) {
        EngineSide resource = aws.resource(type, "r");
        Map<String, Object> inputs = resource.check(Map.of(), required(type));

        assertThat((String) resource.created(inputs).get(output)).matches(pattern);
    }

    static Stream<String> types() {
        return ReplaceRules.load().types().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void areUnknownAtFirstStableAfterwardsAndTheSameInEveryRun(String type) {
        EngineSide resource = aws.resource(type, "r");
        Map<String, Object> inputs = resource.check(Map.of(), required(type));
        CreateResponse created = resource.create(inputs, false);
        Map<String, Object> state = WireFormat.decode(created.getProperties());

        assertThat(created.getId()).isNotEmpty().doesNotContain("{", "null");
        assertThat(state.toString()).doesNotContain("{hex", "null");
        resource.previewed(inputs).forEach((name, value) -> {
            if (!inputs.containsKey(name)) {
                assertThat(value).as(name).isEqualTo(Unknown.VALUE);
            }
        });
        assertThat(resource.update(created.getId(), state, inputs, false)).isEqualTo(state);
        assertThat(resource.update(created.getId(), state, inputs, true)).isEqualTo(state);
        assertThat(WireFormat.decode(
                        resource.read(created.getId(), inputs, state).getProperties()))
                .isEqualTo(state);
        assertThat(resource.diff(inputs, state, resource.check(inputs, required(type)))
                        .getChanges())
                .isEqualTo(DiffResponse.DiffChanges.DIFF_NONE);

        EngineSide otherRun = new AwsEngine(Map.of("AWS_REGION", "eu-central-1")).resource(type, "r");
        assertThat(otherRun.created(otherRun.check(Map.of(), required(type)))).isEqualTo(state);
    }

    @Test
    void aReplacementHasAnotherIdAndName() {
        EngineSide group = aws.resource("aws:lb/targetGroup:TargetGroup", "r");
        Map<String, Object> inputs = group.check(Map.of(), Map.of("port", 1.0));
        CreateResponse old = group.create(inputs, false);
        group.diff(
                old.getId(), inputs, WireFormat.decode(old.getProperties()), group.check(inputs, Map.of("port", 2.0)));

        Map<String, Object> next = group.check(Map.of(), Map.of("port", 2.0));

        assertThat(next.get("name")).isNotEqualTo(inputs.get("name"));
        assertThat(group.create(next, false).getId()).isNotEqualTo(old.getId());
    }

    @Test
    void aNewTaskDefinitionIsTheNextRevision() {
        EngineSide task = aws.resource(TASK, "api");
        Map<String, Object> first = task.created(FARGATE);
        Map<String, Object> news = Map.of("family", "api", "containerDefinitions", "[{}]");

        // the next run of the plugin learns of the old revision from the diff
        EngineSide nextRun = new AwsEngine(Map.of()).resource(TASK, "api");
        nextRun.diff("api", FARGATE, first, news);

        assertThat(first).containsEntry("revision", 1.0);
        assertThat((String) first.get("arn")).endsWith(":task-definition/api:1");
        assertThat((String) nextRun.created(news).get("arn")).endsWith(":task-definition/api:2");
    }

    @Test
    void aCertificateHasARecordPerName() {
        Map<String, Object> inputs = Map.of(
                "domainName", "example.com",
                "validationMethod", "DNS",
                "subjectAlternativeNames", List.of("*.example.com", "api.example.com"));

        Object options = aws.resource("aws:acm/certificate:Certificate", "c")
                .created(inputs)
                .get("domainValidationOptions");

        assertThat((List<?>) options).hasSize(3).allSatisfy(option -> assertThat(((Map<?, ?>) option).keySet())
                .extracting(Object::toString)
                .contains("domainName", "resourceRecordName", "resourceRecordType", "resourceRecordValue"));
        assertThat(((Map<?, ?>) ((List<?>) options).get(0)).get("resourceRecordName"))
                .isEqualTo(((Map<?, ?>) ((List<?>) options).get(1)).get("resourceRecordName"));
    }

    @Test
    void aRecordHasTheNameThatRoute53WouldWrite() {
        assertThat(aws.resource("aws:route53/record:Record", "r")
                        .created(Map.of("zoneId", "Z1", "name", "_A.Example.com.", "type", "CNAME")))
                .containsEntry("fqdn", "_a.example.com");
    }

    @Test
    void whatIsMadeFromInputsFollowsThem() {
        EngineSide alias = aws.resource("aws:kms/alias:Alias", "a");
        Map<String, Object> state = alias.created(Map.of("name", "alias/a", "targetKeyId", "one"));

        Map<String, Object> updated =
                alias.update("alias/a", state, Map.of("name", "alias/a", "targetKeyId", "two"), false);

        assertThat((String) updated.get("targetKeyArn")).endsWith(":key/two");
    }

    @Test
    void aLoadBalancerIsInItsSubnetsNetwork() {
        CreateResponse subnet = aws.resource("aws:ec2/subnet:Subnet", "s")
                .create(Map.of("vpcId", "vpc-1", "availabilityZone", "eu-central-1b"), false);

        assertThat(aws.resource("aws:lb/loadBalancer:LoadBalancer", "r")
                        .created(Map.of("name", "r", "subnets", List.of(subnet.getId()))))
                .containsEntry("vpcId", "vpc-1");
    }

    @Test
    void regionAndTagsOfTheProviderAreOnEverything(@TempDir Path backend) throws Exception {
        Files.createFile(backend.resolve(SimulatedPlugin.MARKER));
        EngineSide vpc = new AwsEngine(Map.of("PULUMI_BACKEND_URL", "file://" + backend)).resource(VPC, "v");
        vpc.configure(
                Map.of("region", "us-west-2", "defaultTags", "{\"tags\": {\"Stack\": \"prod\", \"Name\": \"x\"}}"));

        Map<String, Object> state = vpc.created(Map.of("tags", Map.of("Name", "v")));

        assertThat(state).containsEntry("tagsAll", Map.of("Name", "v", "Stack", "prod"));
        assertThat((String) state.get("arn")).startsWith("arn:aws:ec2:us-west-2:");
    }

    @Test
    void secretInputsStaySecret() {
        Map<String, Object> state = aws.resource("aws:secretsmanager/secretVersion:SecretVersion", "v")
                .created(Map.of("secretId", "arn:s", "secretString", new Secret("hidden")));

        assertThat(state.get("secretString")).isInstanceOf(Secret.class);
        assertThat(state.toString()).doesNotContain("hidden");
    }

    private static Map<String, Object> required(String type) {
        JsonNode declared = SdkTypes.besideThePlugin().resource(type);
        return new TreeMap<>(Samples.required(declared));
    }
}
