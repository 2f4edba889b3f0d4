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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one-off work of a deploy, as commands that speak to AWS through its CLI, with the credentials that Pulumi has.
 *
 * <p>A command runs again when anything in its environment changes, and at the next {@code up} after it failed; never in a preview.
 */
final class DeployCommands {
    private static final String RUN_TASK = "run-task.sh";
    private static final int TASK_SECONDS = 1800;

    /** How long ECS takes to start tasks, to count those that don't get ready, and to go back. */
    private static final int ROLLOUT_SECONDS = 1200;

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
        var environment = environment();
        environment.put("ASSIGN_PUBLIC_IP", Output.of(network.tasksArePublic() ? "ENABLED" : "DISABLED"));
        environment.put("CONTAINER", Output.of(name));
        environment.put("LOG_GROUP", task.logGroup());
        environment.put("SECURITY_GROUP", group.id());
        environment.put("SUBNETS", network.taskSubnetIds().applyValue(subnets -> String.join(",", subnets)));
        environment.put("TASK_DEFINITION", task.definition().arn());
        environment.put("TIMEOUT_SECONDS", Output.of(String.valueOf(TASK_SECONDS)));
        environment.put("WHAT", Output.of(name));
        return environment;
    }

    /** Fails unless the service runs this definition, healthy, and answers through the front door. */
    Command verdict(Service service, TaskDefinition unit, LoadBalancer front) {
        var environment = environment();
        environment.put("LOAD_BALANCER", front.balancer().dnsName());
        environment.put("SERVICE", service.name());
        environment.put("TASK_DEFINITION", unit.arn());
        environment.put("TIMEOUT_SECONDS", Output.of(String.valueOf(ROLLOUT_SECONDS)));
        environment.put("URL", Output.of(config.site().url() + config.api().readyPath()));
        return command("verdict", "verdict.sh", environment, List.of(service));
    }

    private SortedMap<String, Output<String>> environment() {
        var environment = new TreeMap<String, Output<String>>();
        environment.put("AWS_REGION", Output.of(config.aws().orElseThrow().region()));
        environment.put("CLUSTER", cluster.cluster().name());
        return environment;
    }

    private Command command(
            String name, String script, SortedMap<String, Output<String>> environment, List<? extends Resource> after) {
        var names = List.copyOf(environment.keySet());
        return new Command(
                parent.child(name),
                CommandArgs.builder()
                        .create(ScriptFile.read(DeployCommands.class, script))
                        .environment(Output.all(List.copyOf(environment.values()))
                                .applyValue(values -> inOrder(names, values)))
                        .addPreviousOutputInEnv(false)
                        .build(),
                parent.after(after.toArray(Resource[]::new)));
    }

    private static Map<String, String> inOrder(List<String> names, List<String> values) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), values.get(i));
        }
        return map;
    }
}
