package com.freshtrack.infra.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.freshtrack.infra.config.StackConfig;
import com.freshtrack.infra.stack.Parent;
import com.pulumi.aws.cloudwatch.DashboardArgs;
import com.pulumi.core.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The stack on one page of CloudWatch
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).
 */
final class Dashboard {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int WIDTH = 12;
    private static final int HEIGHT = 6;

    private Dashboard() {}

    static void of(Parent parent, StackConfig config, LoadBalancer front, Database database, Cluster cluster) {
        var body = Output.tuple(
                        front.balancer().arnSuffix(),
                        front.apis().arnSuffix(),
                        database.identifier(),
                        cluster.cluster().name())
                .applyValue(known -> body(config, known.t1, known.t2, known.t3, known.t4));
        new com.pulumi.aws.cloudwatch.Dashboard(
                parent.child("dashboard"),
                DashboardArgs.builder()
                        .dashboardName(config.prefix())
                        .dashboardBody(body)
                        .build(),
                parent.options());
    }

    /** Rendered from plain values. */
    static String body(StackConfig config, String balancer, String targets, String database, String cluster) {
        var region = config.aws().orElseThrow().region();
        var ofBalancer = List.of("LoadBalancer", balancer);
        var ofTargets = List.of("TargetGroup", targets, "LoadBalancer", balancer);
        var ofDatabase = List.of("DBInstanceIdentifier", database);
        var widgets = new ArrayList<Map<String, Object>>();
        add(
                widgets,
                region,
                "Requests",
                "Sum",
                "AWS/ApplicationELB",
                ofBalancer,
                "RequestCount",
                "HTTPCode_Target_5XX_Count");
        add(widgets, region, "Time to answer, s", "p99", "AWS/ApplicationELB", ofTargets, "TargetResponseTime");
        add(
                widgets,
                region,
                "API units",
                "Maximum",
                "AWS/ApplicationELB",
                ofTargets,
                "HealthyHostCount",
                "UnHealthyHostCount");
        add(
                widgets,
                region,
                "Processors and memory of tasks",
                "Average",
                "ECS/ContainerInsights",
                List.of("ClusterName", cluster),
                "CpuUtilized",
                "MemoryUtilized");
        add(widgets, region, "Connections to the database", "Maximum", "AWS/RDS", ofDatabase, "DatabaseConnections");
        budget(widgets.get(widgets.size() - 1), config.pools().budget());
        add(widgets, region, "Processors of the database, %", "Average", "AWS/RDS", ofDatabase, "CPUUtilization");
        add(
                widgets,
                region,
                "Free storage of the database, bytes",
                "Minimum",
                "AWS/RDS",
                ofDatabase,
                "FreeStorageSpace");
        add(
                widgets,
                region,
                "Time of a read and a write, s",
                "Average",
                "AWS/RDS",
                ofDatabase,
                "ReadLatency",
                "WriteLatency");
        try {
            return JSON.writeValueAsString(new TreeMap<>(Map.of("widgets", widgets)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
        }
    }

    /** Two graphs a row, in the order in which they are added. */
    private static void add(
            List<Map<String, Object>> widgets,
            String region,
            String title,
            String statistic,
            String namespace,
            List<String> dimensions,
            String... metrics) {
        var lines = new ArrayList<List<String>>();
        for (var metric : metrics) {
            var line = new ArrayList<>(List.of(namespace, metric));
            line.addAll(dimensions);
            lines.add(line);
        }
        widgets.add(new TreeMap<>(Map.of(
                "type",
                "metric",
                "x",
                widgets.size() % 2 * WIDTH,
                "y",
                widgets.size() / 2 * HEIGHT,
                "width",
                WIDTH,
                "height",
                HEIGHT,
                "properties",
                new TreeMap<String, Object>(Map.of(
                        "metrics", lines,
                        "period", 60,
                        "region", region,
                        "stat", statistic,
                        "title", title)))));
    }

    /** A line at what the pool plan allows. */
    @SuppressWarnings("unchecked")
    private static void budget(Map<String, Object> widget, int budget) {
        var line = new TreeMap<>(Map.of("label", "the pool plan's budget", "value", budget));
        ((Map<String, Object>) widget.get("properties"))
                .put("annotations", new TreeMap<>(Map.of("horizontal", List.of(line))));
    }
}
