package com.freshtrack.infra.config;

import java.util.List;

/** Thrown when a configuration can't be used; its message holds every problem, and never a secret's value. */
public final class InvalidConfig extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    InvalidConfig(String stack, List<ConfigProblem> problems) {
        super(message(stack, problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order in which the keys are documented. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String message(String stack, List<ConfigProblem> problems) {
        var text = new StringBuilder("The configuration of stack ")
                .append(Shown.text(stack))
                .append(problems.size() == 1 ? " has 1 problem" : " has " + problems.size() + " problems")
                .append("; nothing was created or changed.\n");
        for (int i = 0; i < problems.size(); i++) {
            var problem = problems.get(i);
            text.append("\n%3d. %s\n".formatted(i + 1, problem.title()))
                    .append("     got:     ")
                    .append(problem.got())
                    .append("\n     allowed: ")
                    .append(problem.allowed())
                    .append("\n     mend:    ")
                    .append(problem.mend())
                    .append('\n');
        }
        return text.toString();
    }
}
