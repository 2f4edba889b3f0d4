package com.freshtrack.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.internal.Internal;
import com.pulumi.core.internal.OutputData;
import com.pulumi.core.internal.OutputInternal;
import com.pulumi.docker.Container;
import com.pulumi.docker.ContainerArgs;
import com.pulumi.docker.inputs.ContainerLabelArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.DependencyResource;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceArgs;
import com.pulumi.resources.ResourceOptions;
import com.pulumi.resources.ResourceTransformation;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SettledInputsTest {
    private static final Resource SOMETHING =
            new DependencyResource("urn:pulumi:dev::freshtrack::docker:a:Network::edge");

    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<String> second = new CompletableFuture<>();

    @Test
    void theSdkReadsAListOnceAllOutputsInItAreThere() {
        var labels = new LabelsThatSayWhenTheyAreRead();

        Recorded.of(() -> new Container("api", container(Output.of(labels))), asked -> Map.of());

        assertThat(labels.lastReadWhenAllWereThere).isTrue();
    }

    @Test
    void waitsForEveryOutputInAnInput() {
        var dependencies = dependencies(container(Output.of(labels())), CustomResourceOptions.Empty);

        assertThat(dependencies).isNotDone();
        second.complete("two");
        assertThat(dependencies).isNotDone();
        first.complete("one");

        assertThat(dependencies).isCompletedWithValue(List.of());
    }

    @Test
    void waitsForAnOutputThatAnotherHolds() {
        var list = new CompletableFuture<List<ContainerLabelArgs>>();
        var dependencies = dependencies(container(Output.of(list)), CustomResourceOptions.Empty);

        list.complete(labels());
        first.complete("one");
        assertThat(dependencies).isNotDone();
        second.complete("two");

        assertThat(dependencies).isDone();
    }

    @Test
    void waitsForAnOutputInAMap() {
        var map = Map.<String, Object>of("one", Output.of(first));
        var dependencies = dependencies(new MapArgs(Output.of(map)), CustomResourceOptions.Empty);

        assertThat(dependencies).isNotDone();
        first.complete("one");

        assertThat(dependencies).isDone();
    }

    @Test
    void keepsWhatTheResourceDependsOnWhereAPreviewDoesNotKnowItsInputs() {
        var unknown = new OutputInternal<String>(OutputData.unknown());
        var options = CustomResourceOptions.builder().dependsOn(SOMETHING).build();

        var dependencies = dependencies(container(Output.of(List.of(label("one", unknown)))), options);

        assertThat(dependencies).isCompletedWithValue(List.of(SOMETHING));
    }

    @Test
    void leavesAnInputThatFailedToTheSdk() {
        var dependencies = dependencies(container(Output.of(labels())), CustomResourceOptions.Empty);

        first.completeExceptionally(new IllegalStateException("no answer"));
        second.complete("two");

        assertThat(dependencies).isCompletedWithValue(List.of());
    }

    @Test
    void keepsTheOtherOptions() {
        var given =
                CustomResourceOptions.builder().protect(true).parent(SOMETHING).build();

        var options =
                settle(container(Output.of(labels())), given).orElseThrow().options();

        assertThat(options.isProtect()).isTrue();
        assertThat(options.getParent()).containsSame(SOMETHING);
    }

    @Test
    void leavesComponentsAlone() {
        assertThat(settle(ResourceArgs.Empty, ComponentResourceOptions.Empty)).isEmpty();
    }

    private static CompletableFuture<List<Resource>> dependencies(ResourceArgs args, CustomResourceOptions options) {
        var result = settle(args, options).orElseThrow();
        assertThat(result.args()).isSameAs(args);
        return Internal.of(result.options().getDependsOn()).getValueNullable();
    }

    private static Optional<ResourceTransformation.Result> settle(ResourceArgs args, ResourceOptions options) {
        return new SettledInputs().apply(new ResourceTransformation.Args(SOMETHING, args, options));
    }

    private static ContainerArgs container(Output<List<ContainerLabelArgs>> labels) {
        return ContainerArgs.builder().image("freshtrack").labels(labels).build();
    }

    private List<ContainerLabelArgs> labels() {
        return List.of(label("one", Output.of(first)), label("two", Output.of(second)));
    }

    private static ContainerLabelArgs label(String name, Output<String> value) {
        return ContainerLabelArgs.builder().label(name).value(value).build();
    }

    private static final class MapArgs extends ResourceArgs {
        @Import(name = "map")
        private final Output<Map<String, Object>> map;

        private MapArgs(Output<Map<String, Object>> map) {
            this.map = map;
        }
    }

    /** Whose outputs come a while after somebody first looked at them. */
    private final class LabelsThatSayWhenTheyAreRead extends AbstractList<ContainerLabelArgs> {
        private final List<ContainerLabelArgs> labels = labels();
        private final CompletableFuture<Void> answers = new CompletableFuture<>();
        private volatile boolean lastReadWhenAllWereThere;

        private LabelsThatSayWhenTheyAreRead() {
            var aWhile = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
            answers.thenRunAsync(() -> first.complete("one"), aWhile);
            answers.thenRunAsync(() -> second.complete("two"), aWhile);
        }

        @Override
        public ContainerLabelArgs get(int index) {
            answers.complete(null);
            lastReadWhenAllWereThere = first.isDone() && second.isDone();
            return labels.get(index);
        }

        @Override
        public int size() {
            return labels.size();
        }
    }
}
