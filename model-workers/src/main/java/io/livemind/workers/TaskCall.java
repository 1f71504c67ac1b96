package io.livemind.workers;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.EarlyEnd;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.TokenCounts;
import io.livemind.workers.replica.ModelPool;
import io.livemind.workers.replica.ModelPool.Place;
import io.livemind.workers.replica.ModelPool.Unavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution from its claim to its outcome: grant (inference), place at a replica, call, one
 * retry at most before the first text, deltas (answer), outcome. Whatever happens, exactly one
 * outcome is sent, after the broker has confirmed the deltas; then the task leaves.
 *
 * <p>Threading: runs on one virtual thread. {@link #grant} and {@link #end} come from any thread
 * and return at once; the first reason to end counts, and none does once the outcome is made.
 */
final class TaskCall implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCall.class);

  /** How long a cancelled call may take to tell its end; then it is left to itself. */
  private static final Duration CANCEL_WAIT = Duration.ofSeconds(5);

  private final WorkerContext worker;
  private final Execution execution;
  private final int resultsPartition;
  private final Runnable onLeave;

  private final EarlyEnd<EndReason> early = new EarlyEnd<>();
  private final CompletableFuture<Void> granted = new CompletableFuture<>();
  private @Nullable AnswerStream answer;
  private String text = "";
  private OptionalLong firstTextMillis = OptionalLong.empty();

  /**
   * An execution that has not started.
   *
   * @param onLeave called once when the task has left, its outcome sent
   */
  TaskCall(WorkerContext worker, Execution execution, int resultsPartition, Runnable onLeave) {
    this.worker = worker;
    this.execution = execution;
    this.resultsPartition = resultsPartition;
    this.onLeave = onLeave;
  }

  Execution execution() {
    return execution;
  }

  TaskKind kind() {
    return execution.task().getKind();
  }

  int resultsPartition() {
    return resultsPartition;
  }

  /** The session machine lets the inference run. */
  void grant() {
    granted.complete(null);
  }

  /** Ends the execution; its outcome says so, unless it was made already. */
  void end(EndReason reason) {
    early.request(reason);
  }

  /** Whether the execution was told to end. */
  boolean isEnding() {
    return early.reason().isPresent();
  }

  @Override
  public void run() {
    long startNanos = worker.nanoClock().getAsLong();
    early.begin();
    ModelOutcome outcome;
    try {
      outcome = execute();
    } catch (InterruptedException ended) {
      outcome = new Cancelled(TokenCounts.UNKNOWN);
    } catch (RuntimeException broken) {
      LOG.error("event=execution_broken task={}", execution.task().getTaskId(), broken);
      outcome = Failed.of(FailureCode.UNPROCESSABLE, broken.getClass().getSimpleName());
    }
    Optional<EndReason> end = early.seal();
    try {
      leave(outcome, end, startNanos);
    } finally {
      worker.held().remove(this);
      onLeave.run();
    }
  }

  private ModelOutcome execute() throws InterruptedException {
    if (kind() == TaskKind.INFERENCE && !awaitGrant()) return new Cancelled(TokenCounts.UNKNOWN);
    if (kind() == TaskKind.ANSWER) {
      var stream = new AnswerStream(worker.writer(), execution, worker.nanoClock());
      answer = stream;
      var unused = worker.writer().started(execution);
      worker.ticker().add(stream);
    }
    ModelPool pool = worker.models().get(execution.task().getModel());
    if (pool == null) {
      return Failed.of(FailureCode.MODEL_UNKNOWN, "no model of this name is configured");
    }
    for (int retries = 0; ; retries++) {
      ModelOutcome outcome = call(pool);
      if (outcome instanceof Finished) worker.retries().succeeded();
      if (!(outcome instanceof Failed failed) || !text.isEmpty()) return outcome;
      Optional<Duration> pause = worker.retries().retry(failed, retries);
      if (pause.isEmpty()) return outcome;
      worker.counters().add(WorkerCounter.RETRIED);
      Thread.sleep(pause.get());
    }
  }

  private boolean awaitGrant() throws InterruptedException {
    try {
      granted.get(worker.config().grantTimeout().toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException none) {
      end(EndReason.NOT_GRANTED);
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ModelOutcome call(ModelPool pool) throws InterruptedException {
    var taken =
        pool.take(execution.session(), kind(), worker.config().replicaTimeout(), new Holding());
    return switch (taken) {
      case Unavailable(FailureCode code, String reason, Optional<Duration> retryAfter) ->
          new Failed(code, reason, retryAfter, TokenCounts.UNKNOWN);
      case Place place -> call(place);
    };
  }

  private final class Holding implements ModelPool.Holder {
    @Override
    public boolean isLeaving() {
      return isEnding();
    }

    @Override
    public void makeRoom() {
      end(EndReason.PREEMPTED);
    }
  }

  private ModelOutcome call(Place place) throws InterruptedException {
    AnswerStream stream = answer;
    var reply =
        new Reply(
            worker.nanoClock(),
            delta -> {
              if (stream != null) stream.append(delta);
            });
    ModelOutcome outcome = Failed.of(FailureCode.UNPROCESSABLE, "the call did not start");
    try {
      outcome = ended(place.client().start(request(), reply), reply);
    } finally {
      place.ended(outcome, reply.firstTextMillis());
    }
    text = reply.text();
    if (firstTextMillis.isEmpty()) firstTextMillis = reply.firstTextMillis();
    return outcome;
  }

  /** The client bounds the wait: every call of it ends within its total limit. */
  private static ModelOutcome ended(ModelCall call, Reply reply) {
    try {
      ModelOutcome outcome = reply.ended().get();
      call.cancel(); // Of effect only where the reply was ended here, for its length.
      return outcome;
    } catch (InterruptedException ended) {
      call.cancel();
      return afterCancel(reply);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ModelOutcome afterCancel(Reply reply) {
    try {
      return reply.ended().get(CANCEL_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException stuck) {
      LOG.error("event=cancelled_call_stuck");
      return new Cancelled(TokenCounts.UNKNOWN);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private ModelRequest request() {
    Task task = execution.task();
    return new ModelRequest(
        task.getMessages(),
        task.getMaximumTokens(),
        execution.session(),
        task.getTurn(),
        task.getStep(),
        task.getKind());
  }

  private void leave(ModelOutcome outcome, Optional<EndReason> end, long startNanos) {
    int deltas = closeAnswer();
    long totalMillis = (worker.nanoClock().getAsLong() - startNanos) / 1_000_000;
    var ended = new EndedExecution(execution, outcome, end, text, firstTextMillis, totalMillis);
    ended.count(worker.counters());
    var unused =
        worker
            .writer()
            .outcome(execution.session(), ended.record(deltas))
            .whenComplete(
                (_, failure) -> {
                  if (failure == null) return;
                  worker.counters().add(WorkerCounter.OUTCOMES_LOST);
                  LOG.warn("event=outcome_lost task={}", execution.task().getTaskId(), failure);
                });
  }

  private int closeAnswer() {
    if (answer == null) return 0;
    worker.ticker().remove(answer);
    try {
      return answer.close(WorkerClients.DELIVERY_TIMEOUT);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("nobody interrupts after the seal", impossible);
    }
  }
}
