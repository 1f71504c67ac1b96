package io.livemind.workers;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.ModelUsage;
import io.livemind.schemas.avro.Outcome;
import io.livemind.schemas.avro.Task;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of an execution, as it is told to the session machine and counted.
 *
 * @param end why it was ended from our side, if it was
 * @param text the whole reply, or what there was of it
 * @param firstTextMillis from the start of the call to its first text
 * @param totalMillis from the start of the execution to its end
 */
record EndedExecution(
    Execution execution,
    ModelOutcome outcome,
    Optional<EndReason> end,
    String text,
    OptionalLong firstTextMillis,
    long totalMillis) {
  private static final Logger LOG = LoggerFactory.getLogger(EndedExecution.class);

  void count(WorkerCounters counters) {
    switch (outcome) {
      case Finished _ -> counters.add(WorkerCounter.FINISHED);
      case Failed failed -> {
        counters.add(WorkerCounter.FAILED);
        LOG.info(
            "event=call_failed task={} model={} code={} reason=\"{}\"",
            execution.task().getTaskId(),
            execution.task().getModel(),
            failed.code().code(),
            failed.reason());
      }
      case Cancelled _ -> {
        counters.add(WorkerCounter.CANCELLED);
        end.map(EndReason::counter)
            .filter(counter -> counter != WorkerCounter.CANCELLED)
            .ifPresent(counters::add);
      }
    }
  }

  /**
   * The outcome's record.
   *
   * @param deltas that the broker has confirmed
   */
  Outcome record(int deltas) {
    Task task = execution.task();
    Optional<FailureCode> code =
        switch (outcome) {
          case Finished _ -> Optional.empty();
          case Failed failed -> Optional.of(failed.code());
          case Cancelled _ -> Optional.of(FailureCode.CANCELLED);
        };
    Optional<String> reason =
        switch (outcome) {
          case Finished _ -> Optional.empty();
          case Failed failed -> Optional.of(failed.reason());
          case Cancelled _ -> Optional.of(end.map(EndReason::reason).orElse("cancelled"));
        };
    Optional<Long> retryAfterMillis =
        outcome instanceof Failed failed
            ? failed.retryAfter().map(Duration::toMillis)
            : Optional.empty();
    return new Outcome(
        task.getTaskId(),
        task.getTurn(),
        task.getAttempt(),
        execution.id(),
        task.getInputHash(),
        text,
        deltas,
        code.map(FailureCode::code).orElse(null),
        reason.orElse(null),
        retryAfterMillis.orElse(null),
        usage(outcome.tokens()));
  }

  private ModelUsage usage(TokenCounts tokens) {
    return new ModelUsage(
        boxed(tokens.prompt()),
        boxed(tokens.completion()),
        boxed(tokens.cached()),
        firstTextMillis.isPresent() ? firstTextMillis.getAsLong() : null,
        totalMillis);
  }

  private static @Nullable Integer boxed(OptionalInt count) {
    return count.isPresent() ? count.getAsInt() : null;
  }
}
