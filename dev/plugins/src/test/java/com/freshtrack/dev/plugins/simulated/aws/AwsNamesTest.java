package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.dev.plugins.serve.EngineSide;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsNamesTest {

    private static final String TOPIC = "aws:sns/topic:Topic";

    private final AwsEngine aws = new AwsEngine(Map.of());

    @ParameterizedTest
    @CsvSource({
        "aws:ecs/cluster:Cluster, name, Fresh-[0-9a-f]{7}",
        "aws:lb/targetGroup:TargetGroup, name, Fresh-[0-9a-f]{7}",
        "aws:rds/instance:Instance, identifier, Fresh[0-9a-f]{7}",
        "aws:kms/alias:Alias, name, alias/Fresh-[0-9a-f]{7}",
        "aws:s3/bucketV2:BucketV2, bucket, fresh-[0-9a-f]{7}",
        "aws:efs/fileSystem:FileSystem, creationToken, Fresh-[0-9a-f]{7}",
        "aws:cloudwatch/eventTarget:EventTarget, targetId, Fresh-[0-9a-f]{7}"
    })
    void areGivenAsTheBridgeGivesThemAndKept(String type, String property, String pattern) {
        EngineSide resource = aws.resource(type, "Fresh");
        Map<String, Object> first = resource.check(Map.of(), Map.of());

        assertThat((String) first.get(property)).matches(pattern);
        assertThat((List<?>) first.get("__defaults"))
                .extracting(Object::toString)
                .contains(property);
        assertThat(resource.check(first, Map.of())).isEqualTo(first);
    }

    @Test
    void areKeptThoughTheyWereMadeOtherwise() {
        Map<String, Object> olds = Map.of("name", "old-1234567", "__defaults", List.of("name"));

        assertThat(aws.resource(TOPIC, "t").check(olds, Map.of())).containsEntry("name", "old-1234567");
        assertThat(aws.resource(TOPIC, "t").check(Map.of("name", "given"), Map.of()))
                .extractingByKey("name")
                .asString()
                .startsWith("t-");
    }

    @Test
    void giveWayToWhatTheProgramSays() {
        assertThat(aws.resource(TOPIC, "t").check(Map.of(), Map.of("name", "mine")))
                .containsEntry("name", "mine")
                .doesNotContainKey("__defaults");
        assertThat(aws.resource(TOPIC, "t").check(Map.of(), Map.of("namePrefix", "mine-")))
                .doesNotContainKey("name");
    }

    @Test
    void endAsAQueueOfTopicsMust() {
        assertThat((String) aws.resource(TOPIC, "t")
                        .check(Map.of(), Map.of("fifoTopic", true))
                        .get("name"))
                .matches("t-[0-9a-f]{7}\\.fifo");
    }

    @Test
    void differBetweenResources() {
        assertThat(aws.resource(TOPIC, "a")
                        .check(Map.of(), Map.of())
                        .get("name")
                        .toString()
                        .substring(1))
                .isNotEqualTo(aws.resource(TOPIC, "b")
                        .check(Map.of(), Map.of())
                        .get("name")
                        .toString()
                        .substring(1));
    }

    @Test
    void areNotChosenWhereTheProviderWantsThem() {
        assertThat(aws.resource("aws:ecs/taskDefinition:TaskDefinition", "t").check(Map.of(), Map.of()))
                .doesNotContainKey("family");
    }

    @Test
    void descriptionsAreTheProvidersOwn() {
        assertThat(aws.resource("aws:ec2/securityGroup:SecurityGroup", "s").check(Map.of(), Map.of()))
                .containsEntry("description", "Managed by Pulumi")
                .containsEntry("__defaults", List.of("name", "description"));
    }
}
