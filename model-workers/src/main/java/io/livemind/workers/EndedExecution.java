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
import io.livemind.workers.replica.Want;
import java.time.Duration;
import java.util.List;
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
 * @param writingMillis from the first text of the call to its end
 * @param totalMillis from the start of the execution to its end
 * @param replica that was called last; empty: none was
 */
record EndedExecution(
    Execution execution,
    ModelOutcome outcome,
    Optional<EndReason> end,
    String text,
    OptionalLong firstTextMillis,
    long writingMillis,
    long totalMillis,
    Optional<ReplicaConfig> replica) {
  private static final Logger LOG = LoggerFactory.getLogger(EndedExecution.class);

  private static final String CANCELLED = "cancelled";
  private static final String FAILED = "failed";

  /** Values of the tag `end` of what was wasted. */
  static final List<String> WASTEFUL_ENDS = List.of(CANCELLED, FAILED);

  void count(WorkerMeters meters) {
    String kind = WorkerMeters.tag(execution.task().getKind());
    meters.count(WorkerMetric.OUTCOMES, kind, code().map(FailureCode::code).orElse("finished"));
    if (outcome instanceof Cancelled) {
      meters.count(WorkerMetric.ENDED_EARLY, end.map(EndReason::tag).orElse("unknown"));
    }
    if (outcome instanceof Failed failed) {
      LOG.info(
          "event=call_failed task={} model={} code={} reason=\"{}\"",
          execution.task().getTaskId(),
          execution.task().getModel(),
          failed.code().code(),
          failed.reason());
    }
    replica.ifPresent(called -> count(meters, called, kind));
  }

  private void count(WorkerMeters meters, ReplicaConfig called, String kind) {
    String id = called.id();
    TokenCounts tokens = outcome.tokens();
    count(meters, called, tokens);
    if (!(outcome instanceof Finished)) {
      meters.add(WorkerMetric.TOKENS_WASTED, wasted(), kind, endTag());
    }
    if (firstTextMillis.isEmpty()) return;
    long firstMillis = firstTextMillis.getAsLong();
    meters.time(WorkerMetric.FIRST_TOKEN, firstMillis * 1_000_000, id, kind);
    int more = tokens.completion().orElse(0) - 1;
    if (more > 0 && writingMillis > 0) {
      meters.amount(WorkerMetric.TOKENS_PER_SECOND, more * 1000.0 / writingMillis, id);
    }
  }

  /** Tokens of a call, and what they cost. */
  static void count(WorkerMeters meters, ReplicaConfig called, TokenCounts tokens) {
    String id = called.id();
    count(meters, id, "prompt", tokens.prompt());
    count(meters, id, "cached", tokens.cached());
    count(meters, id, "completion", tokens.completion());
    cost(called, tokens).ifPresent(nanos -> meters.add(WorkerMetric.COST, nanos / 1e9, id));
  }

  private static void count(WorkerMeters meters, String replica, String type, OptionalInt tokens) {
    if (tokens.isPresent()) meters.add(WorkerMetric.TOKENS, tokens.getAsInt(), replica, type);
  }

  private long wasted() {
    TokenCounts tokens = outcome.tokens();
    long completion =
        tokens.completion().isPresent()
            ? tokens.completion().getAsInt()
            : Want.tokens(text.length());
    return tokens.prompt().orElse(promptEstimate().orElse(0)) + completion;
  }

  private OptionalInt promptEstimate() {
    if (outcome.tokens().prompt().isPresent() || !hasCost()) return OptionalInt.empty();
    long tokens = Want.tokens(Want.of("", execution.task(), 0).promptLength());
    return OptionalInt.of(Math.toIntExact(tokens));
  }

  /** A backend that was not reached, or did not take the call, has done nothing for it. */
  private boolean hasCost() {
    if (replica.isEmpty()) return false;
    return switch (outcome) {
      case Finished _, Cancelled _ -> true;
      case Failed failed -> firstTextMillis.isPresent() || isTimeout(failed.code());
    };
  }

  private static boolean isTimeout(FailureCode code) {
    return switch (code) {
      case FIRST_TOKEN_TIMEOUT, IDLE_TIMEOUT, TOTAL_TIMEOUT -> true;
      default -> false;
    };
  }

  private String endTag() {
    return outcome instanceof Cancelled ? CANCELLED : FAILED;
  }

  private static OptionalLong cost(ReplicaConfig called, TokenCounts tokens) {
    return called.price().map(price -> price.nanos(tokens)).orElse(OptionalLong.empty());
  }

  private Optional<FailureCode> code() {
    return switch (outcome) {
      case Finished _ -> Optional.empty();
      case Failed failed -> Optional.of(failed.code());
      case Cancelled _ -> Optional.of(FailureCode.CANCELLED);
    };
  }

  /**
   * The outcome's record.
   *
   * @param deltas that the broker has confirmed
   */
  Outcome record(int deltas) {
    Task task = execution.task();
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
        code().map(FailureCode::code).orElse(null),
        reason.orElse(null),
        retryAfterMillis.orElse(null),
        usage(outcome.tokens()));
  }

  private ModelUsage usage(TokenCounts tokens) {
    return new ModelUsage(
        boxed(tokens.prompt()),
        boxed(tokens.completion()),
        boxed(tokens.cached()),
        boxed(firstTextMillis),
        totalMillis,
        boxed(replica.map(called -> cost(called, tokens)).orElse(OptionalLong.empty())),
        boxed(promptEstimate()));
  }

  private static @Nullable Long boxed(OptionalLong amount) {
    return amount.isPresent() ? amount.getAsLong() : null;
  }

  private static @Nullable Integer boxed(OptionalInt count) {
    return count.isPresent() ? count.getAsInt() : null;
  }
}
