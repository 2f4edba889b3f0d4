package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.schema.PropertyPath;
import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.simulated.Samples;
import com.freshtrack.dev.plugins.simulated.aws.ReplaceRules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.DiffResponse;

/** Goes through the table of replace rules: each line is seen to replace, and what isn't in it to update in place. */
class AwsReplaceRulesTest {

    private static final ReplaceRules RULES = ReplaceRules.load();
    private static final Map<String, Naming> NAMES = Naming.load();
    private static final SdkTypes SDK = SdkTypes.besideThePlugin();
    private static final AwsEngine AWS = new AwsEngine(Map.of());
    private static final Map<String, Object> NETWORK = Map.of("loadBalancerType", "network");

    /** What else must be said for a condition to hold, and for it not to. */
    private record Case(Map<String, Object> beside, Object before, Object after) {}

    @Test
    void eachRowReplaces() {
        int rows = 0;
        List<String> survivors = new ArrayList<>();
        for (String type : RULES.types()) {
            for (Rule rule : RULES.of(type)) {
                if (rule.isAlways() || rule.isConditional()) {
                    rows++;
                    if (!replaces(rule)) {
                        survivors.add(type + " " + rule.property());
                    }
                }
            }
        }
        System.out.println("rows=" + rows + " killed=" + (rows - survivors.size()));

        assertThat(survivors).isEmpty();
        assertThat(rows)
                .as("a row that is lost is a replacement that no preview shows")
                .isEqualTo(279);
    }

    /** Whether the row's change replaces by that property, with the old one going first exactly where it should. */
    private static boolean replaces(Rule rule) {
        JsonNode declared = SDK.resource(rule.type());
        Map<String, Object> olds = Samples.with(declared, rule.property(), 0);
        Map<String, Object> news = Samples.with(declared, rule.property(), 1);
        if (rule.isConditional()) {
            Case holds = holding(rule.when());
            put(olds, rule.property(), holds.before());
            put(news, rule.property(), holds.after());
            olds.putAll(holds.beside());
            news.putAll(holds.beside());
        }
        DiffResponse answer = diff(rule.type(), olds, news);
        Optional<Naming> naming = Optional.ofNullable(NAMES.get(rule.type()));
        boolean first = RULES.deletesFirst(rule.type())
                || naming.filter(name -> news.containsKey(name.property())).isPresent();
        return answer.getReplacesList().equals(List.of(PropertyPath.root(rule.property())))
                && answer.getDeleteBeforeReplace() == first;
    }

    private static Case holding(String condition) {
        List<String> two = List.of("a", "b");
        return switch (condition) {
            case "tenancy-becomes-dedicated" -> new Case(Map.of(), "default", "dedicated");
            case "assigned-ipv6-on-creation" -> new Case(Map.of("assignIpv6AddressOnCreation", true), "a", "b");
            case "source-kind-changes" -> new Case(Map.of(), null, "a");
            case "not-an-interface" -> new Case(Map.of(), false, true);
            case "network-gains-or-loses-all" -> new Case(NETWORK, null, two);
            case "network-does-not-grow" -> new Case(NETWORK, two, List.of("a"));
            case "mapping-changes" -> new Case(
                    Map.of(), List.of(Map.of("subnetId", "a")), List.of(Map.of("subnetId", "b")));
            case "user-data-replaces" -> new Case(Map.of("userDataReplaceOnChange", true), "a", "b");
            case "not-for-lambda" -> new Case(Map.of("targetType", "ip"), "1", "2");
            case "not-by-forced-deployment" -> new Case(
                    Map.of(),
                    List.of(Map.of("capacityProvider", "FARGATE")),
                    List.of(Map.of("capacityProvider", "FARGATE_SPOT")));
            default -> throw new AssertionError("no case for the condition " + condition);
        };
    }

    static Stream<Arguments> conditionsThatDoNotHold() {
        String balancer = "aws:lb/loadBalancer:LoadBalancer";
        List<Object> one = List.of("a");
        List<Object> two = List.of("b", "a");
        List<Object> strategy = List.of(Map.of("capacityProvider", "FARGATE"));
        List<Object> otherStrategy = List.of(Map.of("capacityProvider", "FARGATE_SPOT"));
        String rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
        String group = "aws:lb/targetGroup:TargetGroup";
        Map<String, Object> lambda = Map.of("targetType", "lambda");
        return Stream.of(
                row("aws:ec2/vpc:Vpc", "instanceTenancy", Map.of(), "dedicated", "default"),
                row("aws:ec2/subnet:Subnet", "ipv6CidrBlock", Map.of(), "a", "b"),
                row(rule, "cidrIpv4", Map.of(), "10.0.0.0/16", "10.1.0.0/16"),
                row(rule, "referencedSecurityGroupId", Map.of(), "sg-1", "sg-2"),
                row(
                        "aws:ec2/vpcEndpoint:VpcEndpoint",
                        "privateDnsEnabled",
                        Map.of("vpcEndpointType", "Interface"),
                        false,
                        true),
                row(balancer, "subnets", Map.of(), one, List.of("c")),
                row(balancer, "subnets", NETWORK, one, two),
                row(balancer, "securityGroups", Map.of(), null, one),
                row(balancer, "securityGroups", NETWORK, one, two),
                row(
                        balancer,
                        "subnetMappings",
                        Map.of(),
                        List.of(Map.of("subnetId", "a")),
                        List.of(Map.of("subnetId", "b"), Map.of("subnetId", "a"))),
                row("aws:ec2/instance:Instance", "userData", Map.of(), "a", "b"),
                row("aws:ec2/instance:Instance", "userDataBase64", Map.of("userDataReplaceOnChange", false), "a", "b"),
                row(group, "port", lambda, 1.0, 2.0),
                row(group, "protocol", lambda, "HTTP", "HTTPS"),
                row(group, "vpcId", lambda, "a", "b"),
                row(
                        "aws:ecs/service:Service",
                        "capacityProviderStrategies",
                        Map.of("forceNewDeployment", true),
                        strategy,
                        otherStrategy));
    }

    @ParameterizedTest
    @MethodSource("conditionsThatDoNotHold")
    void updatesInPlaceWhereTheConditionDoesNotHold(
            String type, String property, Map<String, Object> beside, Object before, Object after) {
        Map<String, Object> olds = Samples.required(SDK.resource(type));
        olds.putAll(beside);
        Map<String, Object> news = new TreeMap<>(olds);
        put(olds, property, before);
        put(news, property, after);

        assertUpdates(diff(type, olds, news));
    }

    @Test
    void forcedDeploymentDoesNotMoveAServiceOffItsLaunchType() {
        Map<String, Object> olds = Map.of("forceNewDeployment", true);
        Map<String, Object> news = Map.of(
                "forceNewDeployment",
                true,
                "capacityProviderStrategies",
                List.of(Map.of("capacityProvider", "FARGATE")));

        assertThat(diff("aws:ecs/service:Service", olds, news).getReplacesList())
                .containsExactly("capacityProviderStrategies");
    }

    @ParameterizedTest
    @CsvSource({
        "aws:ec2/vpc:Vpc, enableDnsHostnames",
        "aws:ec2/subnet:Subnet, mapPublicIpOnLaunch",
        "aws:dlm/lifecyclePolicy:LifecyclePolicy, policyDetails.schedules[].retainRule.count",
        "aws:ebs/volume:Volume, size",
        "aws:ebs/volume:Volume, type",
        "aws:ec2/eip:Eip, instance",
        "aws:ec2/instance:Instance, iamInstanceProfile",
        "aws:ec2/instance:Instance, instanceType",
        "aws:ec2/instance:Instance, metadataOptions",
        "aws:ec2/instance:Instance, rootBlockDevice.volumeSize",
        "aws:ec2/instance:Instance, vpcSecurityGroupIds",
        "aws:ec2/internetGateway:InternetGateway, vpcId",
        "aws:ec2/volumeAttachment:VolumeAttachment, stopInstanceBeforeDetaching",
        "aws:iam/instanceProfile:InstanceProfile, role",
        "aws:ec2/route:Route, natGatewayId",
        "aws:ec2/routeTableAssociation:RouteTableAssociation, routeTableId",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule, fromPort",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule, description",
        "aws:ec2/vpcEndpoint:VpcEndpoint, routeTableIds",
        "aws:ec2/flowLog:FlowLog, tags",
        "aws:lb/loadBalancer:LoadBalancer, enableDeletionProtection",
        "aws:lb/loadBalancer:LoadBalancer, accessLogs",
        "aws:lb/targetGroup:TargetGroup, healthCheck",
        "aws:lb/targetGroup:TargetGroup, deregistrationDelay",
        "aws:lb/listener:Listener, port",
        "aws:lb/listener:Listener, certificateArn",
        "aws:lb/listener:Listener, sslPolicy",
        "aws:lb/listener:Listener, defaultActions",
        "aws:lb/listenerRule:ListenerRule, priority",
        "aws:route53/record:Record, type",
        "aws:route53/record:Record, records",
        "aws:ecs/cluster:Cluster, settings",
        "aws:ecs/taskDefinition:TaskDefinition, skipDestroy",
        "aws:ecs/taskDefinition:TaskDefinition, tags",
        "aws:ecs/service:Service, taskDefinition",
        "aws:ecs/service:Service, desiredCount",
        "aws:ecs/service:Service, networkConfiguration",
        "aws:ecs/service:Service, loadBalancers",
        "aws:ecs/service:Service, platformVersion",
        "aws:appautoscaling/target:Target, maxCapacity",
        "aws:appautoscaling/policy:Policy, targetTrackingScalingPolicyConfiguration",
        "aws:servicediscovery/service:Service, dnsConfig.dnsRecords[].ttl",
        "aws:rds/instance:Instance, allocatedStorage",
        "aws:rds/instance:Instance, allowMajorVersionUpgrade",
        "aws:rds/instance:Instance, backupRetentionPeriod",
        "aws:rds/instance:Instance, engineVersion",
        "aws:rds/instance:Instance, identifier",
        "aws:rds/instance:Instance, instanceClass",
        "aws:rds/instance:Instance, multiAz",
        "aws:rds/instance:Instance, parameterGroupName",
        "aws:rds/instance:Instance, password",
        "aws:rds/instance:Instance, storageType",
        "aws:rds/subnetGroup:SubnetGroup, description",
        "aws:rds/subnetGroup:SubnetGroup, subnetIds",
        "aws:rds/parameterGroup:ParameterGroup, parameters",
        "aws:secretsmanager/secret:Secret, kmsKeyId",
        "aws:secretsmanager/secretVersion:SecretVersion, versionStages",
        "aws:kms/key:Key, policy",
        "aws:kms/alias:Alias, targetKeyId",
        "aws:iam/role:Role, assumeRolePolicy",
        "aws:iam/role:Role, maxSessionDuration",
        "aws:iam/rolePolicy:RolePolicy, policy",
        "aws:cloudwatch/logGroup:LogGroup, retentionInDays",
        "aws:cloudwatch/logGroup:LogGroup, kmsKeyId",
        "aws:cloudwatch/metricAlarm:MetricAlarm, threshold",
        "aws:cloudwatch/dashboard:Dashboard, dashboardBody",
        "aws:cloudwatch/eventRule:EventRule, scheduleExpression",
        "aws:cloudwatch/eventTarget:EventTarget, arn",
        "aws:cloudwatch/eventTarget:EventTarget, ecsTarget",
        "aws:scheduler/schedule:Schedule, scheduleExpression",
        "aws:scheduler/schedule:Schedule, target.arn",
        "aws:sns/topic:Topic, kmsMasterKeyId",
        "aws:sns/topicSubscription:TopicSubscription, filterPolicy",
        "aws:s3/bucketV2:BucketV2, forceDestroy",
        "aws:s3/bucketVersioningV2:BucketVersioningV2, versioningConfiguration.status",
        "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2, rules",
        "aws:s3/bucketPolicy:BucketPolicy, policy",
        "aws:efs/fileSystem:FileSystem, throughputMode",
        "aws:efs/mountTarget:MountTarget, securityGroups",
        "aws:efs/accessPoint:AccessPoint, tags"
    })
    void updatesInPlaceWhatIsOftenThoughtToReplace(String type, String property) {
        JsonNode declared = SDK.resource(type);

        assertUpdates(diff(type, Samples.with(declared, property, 0), Samples.with(declared, property, 1)));
    }

    @Test
    void aNetworkBalancerDoesNotMove() {
        Map<String, Object> olds = Map.of("loadBalancerType", "network", "subnets", List.of("a"));
        Map<String, Object> news = Map.of("loadBalancerType", "network", "subnets", List.of("b"));

        assertThat(diff("aws:lb/loadBalancer:LoadBalancer", olds, news).getReplacesList())
                .containsExactly("subnets");
    }

    @ParameterizedTest
    @CsvSource({
        "aws:efs/mountTarget:MountTarget, subnetId, true",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment, policyArn, true",
        "aws:ec2/subnet:Subnet, cidrBlock, false",
        "aws:rds/instance:Instance, engine, false",
        "aws:rds/parameterGroup:ParameterGroup, family, false"
    })
    void theOldOneGoesFirstWhereTheProviderSaysSo(String type, String property, boolean first) {
        JsonNode declared = SDK.resource(type);

        DiffResponse answer = diff(type, Samples.with(declared, property, 0), Samples.with(declared, property, 1));

        assertThat(answer.getDeleteBeforeReplace()).isEqualTo(first);
    }

    @Test
    void namesChosenHereLetTheNewResourceComeFirst() {
        EngineSide group = AWS.resource("aws:lb/targetGroup:TargetGroup", "api");
        Map<String, Object> olds = group.check(Map.of(), Map.of("port", 3000.0));
        Map<String, Object> news = group.check(olds, Map.of("port", 3001.0));

        DiffResponse answer = group.diff(olds, Map.of(), news);

        assertThat(answer.getReplacesList()).containsExactly("port");
        assertThat(answer.getDeleteBeforeReplace()).isFalse();
    }

    private static void assertUpdates(DiffResponse answer) {
        assertThat(answer.getChanges()).isEqualTo(DiffResponse.DiffChanges.DIFF_SOME);
        assertThat(answer.getReplacesList()).isEmpty();
    }

    private static DiffResponse diff(String type, Map<String, Object> olds, Map<String, Object> news) {
        return AWS.resource(type, "r").diff(olds, olds, news);
    }

    private static Arguments row(
            String type, String property, Map<String, Object> beside, Object before, Object after) {
        return Arguments.of(type, property, beside, before, after);
    }

    private static void put(Map<String, Object> inputs, String property, Object value) {
        if (value == null) {
            inputs.remove(property);
        } else {
            inputs.put(property, value);
        }
    }
}
