package com.freshtrack.infra.aws;

import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.services.ScriptFile;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.ec2.SecurityGroup;
import com.pulumi.aws.ecs.Service;
import com.pulumi.aws.ecs.TaskDefinition;
import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The one-off work of a deploy, as commands that speak to AWS through its CLI, with the credentials that Pulumi has.
 *
 * <p>A command runs again when anything in its environment changes, and at the next {@code up} after it failed; never in a preview.
 */
final class DeployCommands {
    private static final String RUN_TASK = "run-task.sh";
    private static final String VERDICT = "verdict.sh";
    private static final int TASK_SECONDS = 1800;

    /** How long ECS takes at least to start tasks, to count those that don't get ready, and to go back: it counts three. */
    private static final int ROLLOUT_SECONDS = 1200;

    private static final int TASKS_COUNTED = 3;
    private static final int GOING_BACK_SECONDS = 600;

    private final Parent parent;
    private final StackConfig config;
    private final Network network;
    private final Cluster cluster;

    DeployCommands(Parent parent, StackConfig config, Network network, Cluster cluster) {
        this.parent = parent;
        this.config = config;
        this.network = network;
        this.cluster = cluster;
    }

    /** Runs a task to its end, once for each revision of its definition. */
    Command run(String name, Tasks.Defined task, SecurityGroup group, List<? extends Resource> after) {
        return command(name, RUN_TASK, running(name, task, group), after);
    }

    /** The same again for each release: what the task looks at can change without it. */
    Command runForEach(
            TaskDefinition release,
            String name,
            Tasks.Defined task,
            SecurityGroup group,
            List<? extends Resource> after) {
        var environment = running(name, task, group);
        environment.put("RELEASE", release.arn());
        return command(name, RUN_TASK, environment, after);
    }

    private SortedMap<String, Output<String>> running(String name, Tasks.Defined task, SecurityGroup group) {
        var environment = environment(group);
        environment.put("CONTAINER", Output.of(name));
        environment.put("LOG_GROUP", task.logGroup());
        environment.put("TASK_DEFINITION", task.definition().arn());
        environment.put("TIMEOUT_SECONDS", Output.of(String.valueOf(TASK_SECONDS)));
        environment.put("WHAT", Output.of(name));
        return environment;
    }

    /** Fails unless the service runs this definition in this network. */
    Command verdict(String name, Service service, SecurityGroup group, TaskDefinition definition) {
        return command(
                name + "-verdict", VERDICT, rollout(service, group, definition, ROLLOUT_SECONDS), List.of(service));
    }

    /** The same of the API, which also has to be healthy behind the front door, and to answer through it. */
    Command verdict(Service service, SecurityGroup group, TaskDefinition unit, LoadBalancer front) {
        var seconds = TASKS_COUNTED * config.api().readyTimeoutSeconds() + GOING_BACK_SECONDS;
        var environment = rollout(service, group, unit, Math.max(ROLLOUT_SECONDS, seconds));
        environment.put("LOAD_BALANCER", front.balancer().dnsName());
        environment.put("TARGET_GROUP", front.apis().arn());
        environment.put("URL", Output.of(config.site().url() + config.api().readyPath()));
        return command("verdict", VERDICT, environment, List.of(service));
    }

    private SortedMap<String, Output<String>> rollout(
            Service service, SecurityGroup group, TaskDefinition definition, int seconds) {
        var environment = environment(group);
        environment.put("SERVICE", service.name());
        environment.put("TASK_DEFINITION", definition.arn());
        environment.put("TIMEOUT_SECONDS", Output.of(String.valueOf(seconds)));
        return environment;
    }

    /** The cluster, and where in the network a task runs. */
    private SortedMap<String, Output<String>> environment(SecurityGroup group) {
        var environment = new TreeMap<String, Output<String>>();
        environment.put("ASSIGN_PUBLIC_IP", Output.of(network.tasksArePublic() ? "ENABLED" : "DISABLED"));
        environment.put("AWS_REGION", Output.of(config.aws().orElseThrow().region()));
        environment.put("CLUSTER", cluster.cluster().name());
        environment.put("SECURITY_GROUP", group.id());
        environment.put("SUBNETS", network.taskSubnetIds().applyValue(subnets -> subnets.stream()
                .sorted()
                .collect(Collectors.joining(","))));
        return environment;
    }

    private Command command(
            String name, String script, SortedMap<String, Output<String>> environment, List<? extends Resource> after) {
        var names = List.copyOf(environment.keySet());
        var first = new ArrayList<Resource>(after);
        first.addAll(network.ways());
        return new Command(
                parent.child(name),
                CommandArgs.builder()
                        .create(ScriptFile.read(DeployCommands.class, script))
                        .environment(Output.all(List.copyOf(environment.values()))
                                .applyValue(values -> inOrder(names, values)))
                        .addPreviousOutputInEnv(false)
                        .build(),
                parent.after(first.toArray(Resource[]::new)));
    }

    private static Map<String, String> inOrder(List<String> names, List<String> values) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), values.get(i));
        }
        return map;
    }
}
