package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the SDK's classes say reaches the check of inputs, nested types included. */
class AwsSchemaTest {

    private static final AwsEngine AWS = new AwsEngine(Map.of());
    private static final String SUBNET = "aws:ec2/subnet:Subnet";
    private static final String LISTENER = "aws:lb/listener:Listener";
    private static final String SERVICE = "aws:ecs/service:Service";

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(SUBNET, Map.of(), "\"vpcId\" is required"),
                Arguments.of(SUBNET, Map.of("vpcId", "v", "cidr", "c"), "\"cidr\" is not a property"),
                Arguments.of(SUBNET, Map.of("vpcId", 1.0), "\"vpcId\" must be a string"),
                Arguments.of(
                        SUBNET,
                        Map.of("vpcId", "v", "mapPublicIpOnLaunch", "yes"),
                        "\"mapPublicIpOnLaunch\" must be true or false"),
                Arguments.of(SUBNET, Map.of("vpcId", "v", "tags", Map.of("a", 1.0)), "\"tags.a\" must be a string"),
                Arguments.of(
                        "aws:rds/instance:Instance",
                        Map.of("instanceClass", "c", "allocatedStorage", 1.5),
                        "\"allocatedStorage\" must be a whole number"),
                Arguments.of(
                        "aws:cloudwatch/metricAlarm:MetricAlarm",
                        Map.of(
                                "comparisonOperator",
                                "GreaterThanThreshold",
                                "evaluationPeriods",
                                1.0,
                                "threshold",
                                "1"),
                        "\"threshold\" must be a number"),
                Arguments.of(
                        LISTENER,
                        Map.of("loadBalancerArn", "l", "defaultActions", List.of(Map.of())),
                        "\"defaultActions[0].type\" is required"),
                Arguments.of(
                        LISTENER,
                        Map.of(
                                "loadBalancerArn",
                                "l",
                                "defaultActions",
                                List.of(Map.of("type", "redirect", "redirect", Map.of("port", "443")))),
                        "\"defaultActions[0].redirect.statusCode\" is required"),
                Arguments.of(
                        SERVICE,
                        Map.of("networkConfiguration", Map.of()),
                        "\"networkConfiguration.subnets\" is required"),
                Arguments.of(
                        SERVICE,
                        Map.of("deploymentCircuitBreaker", Map.of("enable", true, "rollback", true, "retry", true)),
                        "\"deploymentCircuitBreaker.retry\" is not a property"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refusesByName(String type, Map<String, Object> inputs, String problem) {
        assertThat(AWS.resource(type, "r").problems(inputs))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void takesWellKnownTextsAndOthers() {
        assertThat(AWS.resource("aws:rds/instance:Instance", "r").problems(Map.of("instanceClass", "db.new.size")))
                .isEmpty();
    }

    @Test
    void isThatOfTheVersionThatIsReported() {
        assertThat(AWS.resource(SUBNET, "r").plugin().schema().version()).isEqualTo("6.83.0");
    }
}
