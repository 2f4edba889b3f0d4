package com.freshtrack.infra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The life of a stack on Fargate from its first deploy to its teardown, as {@code docs/aws-fargate.md} leads through it: each
 * test goes on from the one before it, and runs the page's next section or looks at what can go wrong there. What AWS does is
 * SIMULATED. Previews take as long as deploys, so all but the first are left out.
 */
@Tag("engine")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Story.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwsPageTest {
    private static final String FAILING_IMAGE = "registry.example.com/freshtrack/api@sha256:" + "f".repeat(64);

    private static final String DEPLOY = "scripts/deploy-aws.sh";

    @RegisterExtension
    static final FargateProject PROJECT = new FargateProject();

    private static Operator operator;
    private static String firstImage;
    private static String nextImage;

    @BeforeAll
    static void readThePage() {
        operator = new Operator("docs/aws-fargate.md", PROJECT::run);
        firstImage = operator.value("API_IMAGE");
        nextImage = operator.value("NEXT_API_IMAGE");
    }

    @Test
    @Order(1)
    void theFirstDeployMakesAllButWhatNeedsTheCertificate() {
        assertThat(operator.follow("First deploy"))
                .containsSubsequence("ok    account", "Previewing update", "Updating")
                .doesNotContain("aws:ecs:Service freshtrack-api");
        assertThat(PROJECT.awsCalls())
                .as("roles, bucket, migrations, and no verdict of the API")
                .anyMatch(call -> call.startsWith("ecs run-task"))
                .noneMatch(call -> call.startsWith("elbv2 describe-target-health"));

        mustFail(
                "scripts/rollback \"$STACK\" --yes",
                "no successful update of 'production' had another one than " + firstImage);
    }

    @Test
    @Order(2)
    void theRecordsAreToldAndTheApiComesWhenTheyAreThere() {
        assertThat(operator.follow("DNS and certificates", Map.of(DEPLOY, Operator.WITHOUT_PREVIEW + DEPLOY)))
                .containsSubsequence("CNAME", "freshtrack.example.com", "Updating", "https://freshtrack.example.com");
        assertThat(PROJECT.awsCalls())
                .as("a verdict")
                .anyMatch(call -> call.startsWith("elbv2 describe-target-health"));
        assertThat(deployedImage()).isEqualTo(firstImage);
    }

    @Test
    @Order(3)
    void aMigrationThatFailsTouchesNothingElse() {
        PROJECT.says("task", "STOPPED\t3\tEssential container in task exited");

        mustFail(up(FAILING_IMAGE), "  the last line\n", "migrate: exit code 3, Essential container in task exited");

        assertThat(PROJECT.awsCalls()).noneMatch(call -> call.startsWith("ecs describe-services"));
    }

    @Test
    @Order(4)
    void aReleaseThatEcsTakesBackFailsWithTheReasonsOfItsTasks() {
        var before = "arn:aws:ecs:us-east-1:123456789012:task-definition/freshtrack-production-api:1";
        PROJECT.says("deployment", before + "\tCOMPLETED");
        PROJECT.says("rolls-back", "");

        mustFail(up(nextImage), "CannotPullContainerError", "verdict: ECS went back to " + before);

        mustFail("scripts/rollback \"$STACK\"", "from  " + nextImage, "to    " + firstImage, "no terminal");
    }

    /** The inputs of the release that ECS took back are a new deployment, and not nothing to do. */
    @Test
    @Order(5)
    void aReleaseIsDeployedAndTakenBack() {
        PROJECT.says(
                "deployment",
                "arn:aws:ecs:us-east-1:123456789012:task-definition/freshtrack-production-api:1\tCOMPLETED");
        var rollback = "scripts/rollback";
        // What the file says is neither what is left nor what is gone back to.
        var another = "pulumi config set --stack \"$STACK\" freshtrack:apiImage " + FAILING_IMAGE + "\n";

        assertThat(operator.follow(
                        "A new release",
                        Map.of(DEPLOY, Operator.WITHOUT_PREVIEW + DEPLOY, rollback, another + rollback)))
                .containsSubsequence(
                        "Updating", "freshtrack-verdict", "from  " + nextImage, "to    " + firstImage, "Updating");
        assertThat(PROJECT.awsCalls()).anyMatch(call -> call.startsWith("ecs update-service"));
        assertThat(deployedImage()).isEqualTo(firstImage);
    }

    @Test
    @Order(6)
    void theNextMajorVersionIsADatabaseUpgradedInPlace() {
        var before = ofState("aws:rds/instance:Instance::freshtrack-database");

        operator.follow("A new version of PostgreSQL", Map.of(DEPLOY, Operator.WITHOUT_PREVIEW + DEPLOY));

        var after = ofState("aws:rds/instance:Instance::freshtrack-database");
        assertThat(before.at("/outputs/engineVersion").asText()).isEqualTo("15");
        assertThat(after.at("/outputs/engineVersion").asText()).isEqualTo("16");
        assertThat(after.path("id")).as("the instance").isEqualTo(before.path("id"));
        assertThat(ofState("aws:rds/parameterGroup:ParameterGroup::freshtrack-database")
                        .at("/outputs/family")
                        .asText())
                .isEqualTo("postgres16");
    }

    @Test
    @Order(7)
    void theTeardownLeavesNothing() {
        operator.follow("Teardown", Map.of(DEPLOY, Operator.WITHOUT_PREVIEW + DEPLOY));

        assertThat(operator.type("pulumi stack ls --json")).doesNotContain("production");
        assertThat(operator.unread()).as("sections that nobody followed").isEmpty();
    }

    private static String up(String image) {
        return "pulumi config set --stack \"$STACK\" freshtrack:apiImage " + image
                + "\npulumi up --stack \"$STACK\" --yes --skip-preview";
    }

    private static void mustFail(String commands, String... reasons) {
        var result = operator.run(commands);
        assertThat(result.succeeded()).as(result.output()).isFalse();
        assertThat(result.output()).contains(reasons);
    }

    /** The image in the task definition of the API that the state knows. */
    private static String deployedImage() {
        var definition = ofState("aws:ecs/taskDefinition:TaskDefinition::freshtrack-api");
        var containers =
                Engine.parse(definition.at("/inputs/containerDefinitions").asText());
        return StreamSupport.stream(containers.spliterator(), false)
                .filter(container -> container.path("name").asText().equals("api"))
                .map(container -> container.path("image").asText())
                .findFirst()
                .orElseThrow();
    }

    /** The one resource of the state whose URN ends with a type and a name. */
    private static JsonNode ofState(String typeAndName) {
        var state = Engine.parse(operator.type("pulumi stack export --show-secrets --stack \"$STACK\""));
        var found = StreamSupport.stream(state.at("/deployment/resources").spliterator(), false)
                .filter(resource -> resource.path("urn").asText().endsWith(typeAndName))
                .toList();
        assertThat(found).as(typeAndName).hasSize(1);
        return found.get(0);
    }
}
