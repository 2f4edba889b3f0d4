package com.freshtrack.dev.plugins.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freshtrack.dev.plugins.DockerHost;
import com.freshtrack.dev.plugins.serve.EngineSide;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks, volumes and images on the Docker Engine of the machine at hand. */
@Tag("docker")
@Timeout(120)
class ObjectsActingTest {

    private final DockerHost host = new DockerHost();

    @AfterEach
    void removeEverything() {
        host.close();
    }

    @Test
    void aNetworkIsMadeAndRemovedWhenItsLastContainerHasLeft() {
        EngineSide engine = engine("network:Network");
        String name = host.name("network");
        Map<String, Object> inputs =
                Map.of("name", name, "internal", true, "labels", List.of(Map.of("label", "l", "value", "v")));

        var created = engine.create(inputs, false);

        String id = DockerHost.run("network", "inspect", "--format", "{{.Id}}", name);
        assertThat(created.getId()).isEqualTo(id);
        assertThat(engine.created(Map.of("name", host.name("network"))))
                .containsEntry("scope", "local")
                .containsEntry("driver", "bridge");
        assertThat(DockerHost.run("network", "inspect", "--format", "{{.Internal}} {{.Labels}}", name))
                .isEqualTo("true map[l:v]");
        String container = host.name("container");
        DockerHost.run("run", "--detach", "--name", container, "--network", name, DockerHost.image(), "sleep", "60");
        CompletableFuture.runAsync(() -> DockerHost.run("rm", "--force", container));
        engine.delete(id, inputs);
        assertThat(DockerHost.exists("network", name)).isFalse();
        engine.delete(id, inputs);
        assertThat(engine.read(id, inputs, inputs).getId()).isEmpty();
    }

    @Test
    void aVolumeThatExistsIsTakenWithItsData() {
        EngineSide engine = engine("volume:Volume");
        String name = host.name("volume");
        DockerHost.run("run", "--rm", "--volume", name + ":/data", DockerHost.image(), "touch", "/data/kept");

        var created = engine.create(Map.of("name", name), false);

        assertThat(created.getId()).isEqualTo(name);
        assertThat(DockerHost.run("run", "--rm", "--volume", name + ":/data", DockerHost.image(), "ls", "/data"))
                .isEqualTo("kept");
        assertThat(engine.problems(Map.of("cluster", Map.of())))
                .singleElement()
                .asString()
                .contains("\"cluster\"");
        engine.delete(name, Map.of("name", name));
        assertThat(DockerHost.exists("volume", name)).isFalse();
    }

    @Test
    void anImageThatIsThereIsNotPulled() {
        EngineSide engine = engine("remoteImage:RemoteImage");
        String name = DockerHost.image();
        String imageId = DockerHost.run("image", "inspect", "--format", "{{.Id}}", name);
        Map<String, Object> inputs = Map.of("name", name, "keepLocally", true);

        assertThat(engine.created(inputs)).containsEntry("imageId", imageId).containsEntry("repoDigest", "");
        engine.delete(imageId + name, inputs);
        assertThat(DockerHost.exists("image", name)).isTrue();
    }

    @Test
    void anImageThatNobodyHasIsAnError() {
        assertThatThrownBy(() -> engine("remoteImage:RemoteImage").created(Map.of("name", "127.0.0.1:1/none:1")))
                .hasMessageContaining("docker pull failed");
    }

    private static EngineSide engine(String type) {
        return new EngineSide(new DockerPlugin(), "docker:index/" + type, "o");
    }
}
