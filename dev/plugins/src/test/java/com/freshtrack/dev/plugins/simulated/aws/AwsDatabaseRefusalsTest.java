package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.serve.EngineSide;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RDS refuses of a database's version and storage. */
class AwsDatabaseRefusalsTest {

    private final AwsEngine aws = new AwsEngine(Map.of());
    private final EngineSide database = aws.resource("aws:rds/instance:Instance", "d");

    @ParameterizedTest
    @CsvSource({
        "15, 15, false, ''",
        "15.4, 15.7, false, ''",
        "15, 16, true, ''",
        "15, 17, true, ''",
        "15, 16, false, allowed is that with allowMajorVersionUpgrade true",
        "16, 15, true, \"engineVersion\" goes back: got 15 after 16"
    })
    void anotherMajorVersionMustBeAllowedAndNewer(String before, String after, boolean allowed, String problem) {
        Map<String, Object> olds = database(before);
        Map<String, Object> news = database(after);
        news.put("allowMajorVersionUpgrade", allowed);

        if (problem.isEmpty()) {
            assertThat(database.update("db-1", olds, news, false)).containsEntry("engineVersion", after);
        } else {
            assertThatThrownBy(() -> database.update("db-1", olds, news, false)).hasMessageContaining(problem);
        }
    }

    @Test
    void parametersAreOfTheSameVersion() {
        Map<String, Object> group = aws.resource("aws:rds/parameterGroup:ParameterGroup", "p")
                .created(Map.of("family", "postgres15", "name", "fifteen"));
        Map<String, Object> matching = database("15");
        matching.put("parameterGroupName", group.get("name"));
        Map<String, Object> other = database("16");
        other.put("parameterGroupName", group.get("name"));
        other.put("allowMajorVersionUpgrade", true);

        assertThat(database.created(matching)).containsEntry("parameterGroupName", "fifteen");
        assertThatThrownBy(() -> database.created(other)).hasMessageContaining("got postgres15; allowed is postgres16");
        assertThatThrownBy(() -> database.update("db-1", matching, other, false))
                .hasMessageContaining("got postgres15; allowed is postgres16");
    }

    @Test
    void storageGrowsAlone() {
        Map<String, Object> olds = database("15");
        olds.put("allocatedStorage", 40.0);
        Map<String, Object> smaller = database("15");
        smaller.put("allocatedStorage", 39.0);
        Map<String, Object> larger = database("15");
        larger.put("allocatedStorage", 41.0);

        assertThat(database.update("db-1", olds, larger, false)).containsEntry("allocatedStorage", 41.0);
        assertThatThrownBy(() -> database.update("db-1", olds, smaller, false))
                .hasMessageContaining("\"allocatedStorage\" can only grow: got 39; allowed is 40 or more");
    }

    private static Map<String, Object> database(String version) {
        return new HashMap<>(Map.of("instanceClass", "db.t4g.medium", "engine", "postgres", "engineVersion", version));
    }
}
