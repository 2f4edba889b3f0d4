package com.freshtrack.dev.plugins.simulated.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.freshtrack.dev.plugins.serve.EngineSide;
import com.freshtrack.dev.plugins.simulated.SimulatedPlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stand-in of the AWS CLI finds in the throw-away backend. */
class AwsEcsFileTest {

    @TempDir
    Path backend;

    @Test
    void hasTaskDefinitionsAndWhatServicesRunNow() throws Exception {
        Files.createFile(backend.resolve(SimulatedPlugin.MARKER));
        AwsEngine aws = new AwsEngine(Map.of("PULUMI_BACKEND_URL", "file://" + backend));
        Map<String, Object> definition = aws.resource("aws:ecs/taskDefinition:TaskDefinition", "api")
                .created(Map.of("family", "api", "containerDefinitions", "[]"));
        EngineSide service = aws.resource("aws:ecs/service:Service", "api");
        Map<String, Object> first = service.created(service("arn:first"));
        service.update("arn:api", first, service("arn:second"), false);

        assertThat(Files.readAllLines(backend.resolve(EcsFile.NAME)))
                .containsExactly(
                        "task-definition\t" + definition.get("arn"),
                        "service\tapi\tarn:first\tsubnet-1,subnet-2",
                        "service\tapi\tarn:second\tsubnet-1,subnet-2");
    }

    private static Map<String, Object> service(String definition) {
        return new HashMap<>(Map.of(
                "name",
                "api",
                "networkConfiguration",
                Map.of("subnets", List.of("subnet-2", "subnet-1")),
                "taskDefinition",
                definition));
    }
}
