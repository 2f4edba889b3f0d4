package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulumirpc.Provider.DiffResponse;

class AwsComparedByMeaningTest {

    private static final AwsEngine AWS = new AwsEngine(Map.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "aws:iam/role:Role | assumeRolePolicy | {\"a\": [1], \"b\": 2} | {\"b\":2,\"a\":[1]} | DIFF_NONE",
                "aws:iam/role:Role | assumeRolePolicy | {\"a\": [1, 2]} | {\"a\":[2, 1]} | DIFF_SOME",
                "aws:iam/role:Role | assumeRolePolicy | not json | not  json | DIFF_SOME",
                "aws:iam/role:Role | description | {\"a\": 1} | {\"a\":1} | DIFF_SOME",
                "aws:ecs/taskDefinition:TaskDefinition | containerDefinitions | [{\"environment\":[{\"name\":\"B\"},{\"name\":\"A\"}]}] | [{\"environment\":[{\"name\":\"A\"},{\"name\":\"B\"}]}] | DIFF_NONE",
                "aws:ecs/taskDefinition:TaskDefinition | containerDefinitions | [{\"name\":\"a\"}] | [{\"name\":\"a\",\"essential\":true,\"mountPoints\":[],\"user\":null}] | DIFF_NONE",
                "aws:ecs/taskDefinition:TaskDefinition | containerDefinitions | [{\"portMappings\":[{\"containerPort\":1}]}] | [{\"portMappings\":[{\"containerPort\":1,\"protocol\":\"tcp\"}]}] | DIFF_NONE",
                "aws:ecs/taskDefinition:TaskDefinition | containerDefinitions | [{\"name\":\"a\"}] | [{\"name\":\"a\",\"essential\":false}] | DIFF_SOME",
                "aws:ecs/taskDefinition:TaskDefinition | containerDefinitions | [{\"name\":\"a\"},{\"name\":\"b\"}] | [{\"name\":\"b\"},{\"name\":\"a\"}] | DIFF_SOME"
            })
    void jsonIsComparedByMeaning(String type, String property, String before, String after, String changes) {
        assertThat(diff(type, property, before, after).getChanges().name()).isEqualTo(changes);
    }

    @ParameterizedTest
    @CsvSource({
        "aws:lb/loadBalancer:LoadBalancer, subnets, DIFF_NONE",
        "aws:rds/subnetGroup:SubnetGroup, subnetIds, DIFF_NONE",
        "aws:rds/instance:Instance, vpcSecurityGroupIds, DIFF_NONE",
        "aws:ecs/service:Service, orderedPlacementStrategies, DIFF_SOME"
    })
    void setsHaveNoOrder(String type, String property, String changes) {
        assertThat(diff(type, property, List.of("a", "b"), List.of("b", "a"))
                        .getChanges()
                        .name())
                .isEqualTo(changes);
    }

    private static DiffResponse diff(String type, String property, Object before, Object after) {
        return AWS.resource(type, "r").diff(Map.of(property, before), Map.of(), Map.of(property, after));
    }
}
