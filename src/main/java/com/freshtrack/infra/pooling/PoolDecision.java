package com.freshtrack.infra.pooling;

import java.util.List;

/** What the policy answers: a plan that holds in the worst case, or everything that is wrong with the request. */
public sealed interface PoolDecision {

    record Accepted(PoolPlan plan) implements PoolDecision {}

    record Refused(List<PoolProblem> problems) implements PoolDecision {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
