package com.freshtrack.infra.engine;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Tests of a class that each go on from the one before: after one that failed the others are skipped, and say so. */
public final class Story implements ExecutionCondition, TestExecutionExceptionHandler {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Story.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var failed = context.getStore(NAMESPACE).get(context.getRequiredTestClass(), String.class);
        return failed == null
                ? ConditionEvaluationResult.enabled("nothing failed before")
                : ConditionEvaluationResult.disabled("after " + failed + " failed");
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        context.getParent()
                .orElseThrow()
                .getStore(NAMESPACE)
                .put(context.getRequiredTestClass(), context.getDisplayName());
        throw failure;
    }
}
