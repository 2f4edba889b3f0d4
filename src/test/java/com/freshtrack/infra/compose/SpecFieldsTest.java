package com.freshtrack.infra.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.infra.services.SpecChanges;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Each field of a specification reaches {@code compose.yaml}, or what host/deploy is told: a new one fails here until it does. */
@Tag("unit")
class SpecFieldsTest {

    @TestFactory
    Stream<DynamicTest> everyFieldIsRendered() throws Exception {
        var changes = SpecChanges.all();
        assertThat(changes).hasSizeGreaterThan(25);
        return changes.stream()
                .map(change -> DynamicTest.dynamicTest(change.field(), () -> assertThat(ComposeText.of(change.spec()))
                        .as("another value of " + change.field())
                        .isNotEqualTo(ComposeText.of(SpecChanges.SPEC))));
    }
}
