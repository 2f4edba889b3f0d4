package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.dev.plugins.simulated.PropertyRule;
import com.freshtrack.dev.plugins.simulated.RefusalTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsRefusalTableTest {

    @Test
    void eachRowRefuses() {
        AwsEngine aws = new AwsEngine(Map.of());
        List<PropertyRule> rules = PropertyRule.load("aws", "AWS").values().stream()
                .flatMap(List::stream)
                .toList();

        assertThat(rules)
                .hasSizeGreaterThan(100)
                .extracting(PropertyRule::type)
                .isSubsetOf(ReplaceRules.load().types());
        assertThat(new RefusalTable(SdkTypes.besideThePlugin()::resource, type -> aws.resource(type, "r"))
                        .survivors(rules))
                .isEmpty();
    }
}
