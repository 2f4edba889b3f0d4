package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.freshtrack.dev.plugins.simulated.Template;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables speak of properties that exist, and each type is in all of them that it needs. */
class AwsTablesTest {

    private static final SdkTypes SDK = SdkTypes.besideThePlugin();
    private static final ReplaceRules RULES = ReplaceRules.load();

    static Stream<String> types() {
        return RULES.types().stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void eachTypeHasAnIdAndOutputsThatExist(String type) {
        List<String> outputs = Template.load("aws").getOrDefault(type, List.of()).stream()
                .map(Template::output)
                .toList();

        assertThat(outputs).doesNotHaveDuplicates().contains("id");
        assertThat(outputs).allSatisfy(output -> assertThat(output.equals("id")
                        || SDK.resource(type).path("properties").has(output))
                .as(output)
                .isTrue());
    }

    /** A type that takes a name and doesn't require it is named by the provider. */
    @ParameterizedTest
    @MethodSource("types")
    void whatMayHaveANameIsNamed(String type) {
        JsonNode declared = SDK.resource(type);
        Naming naming = Naming.load().get(type);

        if (naming != null) {
            assertThat(declared.path("inputProperties").has(naming.property())).isTrue();
            assertThat(naming.givenInstead().isEmpty()
                            || declared.path("inputProperties").has(naming.givenInstead()))
                    .isTrue();
        } else {
            boolean required = declared.path("requiredInputs").toString().contains("\"name\"");
            assertThat(declared.path("inputProperties").has("name") && !required)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void eachRuleSaysHowItIsKnown(String type) {
        assertThat(RULES.of(type)).allSatisfy(rule -> {
            assertThat(rule.basis()).isIn("seen", "memory");
            assertThat(rule.source()).matches("(terraform-provider-aws|pulumi-aws) .+\\.go");
        });
    }
}
