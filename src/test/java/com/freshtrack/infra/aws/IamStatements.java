package com.freshtrack.infra.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.freshtrack.infra.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the policies of a stack allow. */
final class IamStatements {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String METRICS = "cloudwatch:PutMetricData";

    /** Actions of IAM that take no resource. */
    private static final Set<String> WITHOUT_RESOURCE = Set.of(
            METRICS,
            "ecr:GetAuthorizationToken",
            "logs:DescribeLogGroups",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel");

    /** A resource of one service by its name, of which a part after that may be any. */
    private static final Pattern NAMED = Pattern.compile("arn:aws:[a-z0-9-]+:[^:*]*:[^:*]*:[^*]+(?:[:/]\\*)?");

    private IamStatements() {}

    /** Holds every statement of these types, of which there must be some, to naming its actions and its resources. */
    static void assertNameTheirResources(Recorded stack, List<String> types) {
        var statements = new ArrayList<JsonNode>();
        for (var type : types) {
            assertThat(stack.ofType(type)).as(type).isNotEmpty();
            stack.ofType(type)
                    .forEach(policy ->
                            parsed(policy.input("policy")).path("Statement").forEach(statements::add));
        }

        assertThat(statements).hasSizeGreaterThan(2).allSatisfy(statement -> {
            assertThat(texts(statement.path("Action"))).noneMatch(action -> action.contains("*"));
            if (!WITHOUT_RESOURCE.containsAll(texts(statement.path("Action")))) {
                assertThat(texts(statement.path("Resource"))).isNotEmpty().allMatch(arn -> NAMED.matcher(arn)
                        .matches());
            }
            if (texts(statement.path("Action")).contains(METRICS)) {
                assertThat(statement
                                .at("/Condition/StringEquals/cloudwatch:namespace")
                                .asText())
                        .isNotEmpty();
            }
        });
    }

    /** A line for each role, with the names of the secrets that it may read. */
    static String secretsRead(Recorded stack) {
        return stack.ofType("aws:iam/rolePolicy:RolePolicy").stream()
                .map(policy -> policy.name() + ": "
                        + StreamSupport.stream(
                                        parsed(policy.input("policy"))
                                                .path("Statement")
                                                .spliterator(),
                                        false)
                                .filter(statement ->
                                        texts(statement.path("Action")).contains("secretsmanager:GetSecretValue"))
                                .flatMap(statement -> texts(statement.path("Resource")).stream())
                                .map(arn -> arn.substring(arn.lastIndexOf(':') + 1))
                                .sorted()
                                .collect(Collectors.joining(", ")))
                .map(String::strip)
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static JsonNode parsed(String policy) {
        try {
            return JSON.readTree(policy);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a policy is no JSON", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
