package io.livemind.integration.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/**
 * Where no Docker answers these tests fail if {@code CI} is set, and are reported as not run with
 * the reason elsewhere.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("long")
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {

  /** Asks once whether Docker answers. */
  final class Condition implements ExecutionCondition {
    private static final String MISSING =
        "no Docker answers on this machine: `docker info` must work for this user";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (DockerClientFactory.instance().isDockerAvailable())
        return ConditionEvaluationResult.enabled("Docker answers");
      if (System.getenv("CI") != null) throw new IllegalStateException(MISSING);
      return ConditionEvaluationResult.disabled(MISSING);
    }
  }
}
