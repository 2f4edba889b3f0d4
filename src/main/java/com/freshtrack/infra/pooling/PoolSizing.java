package com.freshtrack.infra.pooling;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Shows the pool plan in previews and in the state: a changed size is a line of the diff, next to the headroom it
 * leaves. Its inputs and outputs are the figures of the plan by their names, and the sums as the output {@code explanation}.
 */
public final class PoolSizing extends ComponentResource {
    public static final String TYPE = "freshtrack:pooling:PoolSizing";

    public PoolSizing(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, args, options);
        registerOutputs(args.outputs());
    }

    /** The plan, a field for each figure, because that is how the SDK makes the inputs that a preview shows. */
    public static final class Args extends ResourceArgs {
        @Import(name = "applicationConnectionLimit", required = true)
        private final Output<Integer> applicationConnectionLimit;

        @Import(name = "budget", required = true)
        private final Output<Integer> budget;

        @Import(name = "defaultPoolSize", required = true)
        private final Output<Integer> defaultPoolSize;

        @Import(name = "fileDescriptors", required = true)
        private final Output<Integer> fileDescriptors;

        @Import(name = "headroom", required = true)
        private final Output<Integer> headroom;

        @Import(name = "maxClientConn", required = true)
        private final Output<Integer> maxClientConn;

        @Import(name = "maxConnections", required = true)
        private final Output<Integer> maxConnections;

        @Import(name = "maxDbConnections", required = true)
        private final Output<Integer> maxDbConnections;

        @Import(name = "maxPreparedStatements", required = true)
        private final Output<Integer> maxPreparedStatements;

        @Import(name = "minPoolSize", required = true)
        private final Output<Integer> minPoolSize;

        @Import(name = "mode", required = true)
        private final Output<String> mode;

        @Import(name = "pools", required = true)
        private final Output<Integer> pools;

        @Import(name = "reserve", required = true)
        private final Output<Integer> reserve;

        @Import(name = "reservePoolSize", required = true)
        private final Output<Integer> reservePoolSize;

        @Import(name = "unitsAtPeak", required = true)
        private final Output<Integer> unitsAtPeak;

        @Import(name = "worstCase", required = true)
        private final Output<Integer> worstCase;

        private final Output<List<String>> explanation;

        public Args(PoolPlan plan) {
            applicationConnectionLimit = Output.of(plan.applicationConnectionLimit());
            budget = Output.of(plan.budget());
            defaultPoolSize = Output.of(plan.defaultPoolSize());
            fileDescriptors = Output.of(plan.fileDescriptors());
            headroom = Output.of(plan.headroom());
            maxClientConn = Output.of(plan.maxClientConn());
            maxConnections = Output.of(plan.maxConnections());
            maxDbConnections = Output.of(plan.maxDbConnections());
            maxPreparedStatements = Output.of(plan.maxPreparedStatements());
            minPoolSize = Output.of(plan.minPoolSize());
            mode = Output.of(plan.mode().text());
            pools = Output.of(plan.pools());
            reserve = Output.of(plan.reserve());
            reservePoolSize = Output.of(plan.reservePoolSize());
            unitsAtPeak = Output.of(plan.unitsAtPeak());
            worstCase = Output.of(plan.worstCase());
            explanation = Output.of(plan.explanation());
        }

        private Map<String, Output<?>> outputs() {
            var outputs = new TreeMap<String, Output<?>>();
            outputs.put("applicationConnectionLimit", applicationConnectionLimit);
            outputs.put("budget", budget);
            outputs.put("defaultPoolSize", defaultPoolSize);
            outputs.put("fileDescriptors", fileDescriptors);
            outputs.put("headroom", headroom);
            outputs.put("maxClientConn", maxClientConn);
            outputs.put("maxConnections", maxConnections);
            outputs.put("maxDbConnections", maxDbConnections);
            outputs.put("maxPreparedStatements", maxPreparedStatements);
            outputs.put("minPoolSize", minPoolSize);
            outputs.put("mode", mode);
            outputs.put("pools", pools);
            outputs.put("reserve", reserve);
            outputs.put("reservePoolSize", reservePoolSize);
            outputs.put("unitsAtPeak", unitsAtPeak);
            outputs.put("worstCase", worstCase);
            outputs.put("explanation", explanation);
            return outputs;
        }
    }
}
