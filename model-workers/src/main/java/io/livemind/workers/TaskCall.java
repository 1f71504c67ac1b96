package io.livemind.workers;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.TurnIds;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.EarlyEnd;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.TokenCounts;
import io.livemind.workers.replica.ModelPool;
import io.livemind.workers.replica.ModelPool.Place;
import io.livemind.workers.replica.ModelPool.Unavailable;
import io.livemind.workers.replica.ModelPools;
import io.livemind.workers.replica.Want;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
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
import org.slf4j.MDC;

/**
 * One execution from its claim to its outcome: grant (inference, draft), place at a replica, call,
 * one retry at most before the first text, deltas (answer), outcome. Whatever happens, exactly one
 * outcome is sent, after the broker has confirmed the deltas; then the task leaves.
 *
 * <p>A draft is an answer that nobody waits for yet: it writes nothing to {@code answers}, and its
 * places are worth as much as an inference's, until it is released.
 *
 * <p>Threading: runs on one virtual thread. {@link #grant}, {@link #release} and {@link #end} come
 * from any thread and return at once; the first reason to end counts, and none does once the
 * outcome is made.
 */
final class TaskCall implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCall.class);

  private final WorkerContext worker;
  private final Execution execution;
  private final int resultsPartition;
  private final boolean asksGrant;
  private final Runnable onLeave;
  private final ModelPools.Holder holder = new Holding();

  private final EarlyEnd<EndReason> early = new EarlyEnd<>();
  private final CompletableFuture<Void> granted = new CompletableFuture<>();
  private final Optional<AnswerStream> answer;
  private volatile boolean waitedFor;
  private String text = "";
  private OptionalLong firstTextMillis = OptionalLong.empty();
  private long writingMillis;
  private @Nullable ReplicaConfig replica;
  private volatile long toldToEndNanos;

  /**
   * An execution that has not started.
   *
   * @param asksGrant whether it starts only when the session machine grants or releases it
   * @param onLeave called once when the task has left, its outcome sent
   */
  TaskCall(
      WorkerContext worker,
      Execution execution,
      int resultsPartition,
      boolean asksGrant,
      Runnable onLeave) {
    this.worker = worker;
    this.execution = execution;
    this.resultsPartition = resultsPartition;
    this.asksGrant = asksGrant;
    this.onLeave = onLeave;
    boolean answers = execution.task().getKind() == TaskKind.ANSWER;
    this.waitedFor = answers && !execution.task().getDraft();
    this.answer =
        answers
            ? Optional.of(new AnswerStream(worker.writer(), execution, worker.nanoClock()))
            : Optional.empty();
  }

  Execution execution() {
    return execution;
  }

  TaskKind kind() {
    return execution.task().getKind();
  }

  boolean asksGrant() {
    return asksGrant;
  }

  /** Whether somebody waits for its answer; then it may take a place from what nobody waits for. */
  boolean isWaitedFor() {
    return waitedFor;
  }

  int resultsPartition() {
    return resultsPartition;
  }

  /** The session machine lets the call start. */
  void grant() {
    granted.complete(null);
  }

  /** The draft is the answer: what it holds is shown, and from here on somebody waits for it. */
  void release() {
    waitedFor = true;
    granted.complete(null);
    answer.ifPresent(AnswerStream::open);
    worker.models().promote(holder);
  }

  /** Ends the execution; its outcome says so, unless it was made already. */
  void end(EndReason reason) {
    long now = worker.nanoClock().getAsLong();
    if (early.request(reason)) toldToEndNanos = now;
  }

  /** Whether the execution was told to end. */
  boolean isEnding() {
    return early.reason().isPresent();
  }

  @Override
  public void run() {
    TurnIds turn = TurnIds.of(execution.session(), execution.task().getTurn());
    MDC.put("session", TurnIds.sessionHash(execution.session()));
    MDC.put("trace", turn.traceId());
    work();
  }

  private void work() {
    long startNanos = worker.nanoClock().getAsLong();
    early.begin();
    if (waitedFor) worker.warming().end(execution.session());
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
      execution.span().end();
      onLeave.run();
    }
  }

  private ModelOutcome execute() throws InterruptedException {
    if (asksGrant && !awaitGrant()) return new Cancelled(TokenCounts.UNKNOWN);
    if (waitedFor) answer.ifPresent(AnswerStream::open);
    answer.ifPresent(worker.ticker()::add);
    Optional<ModelPool> pool = worker.models().serving(execution.task().getModel(), kind());
    if (pool.isEmpty()) {
      return Failed.of(FailureCode.MODEL_UNKNOWN, "no model of this name is configured");
    }
    for (int retries = 0; ; retries++) {
      ModelOutcome outcome = call(pool.get(), retries);
      if (outcome instanceof Finished) worker.retries().succeeded();
      if (!(outcome instanceof Failed failed) || !text.isEmpty()) return outcome;
      Optional<Duration> pause = worker.retries().retry(failed, retries);
      if (pause.isEmpty()) return outcome;
      worker.meters().count(WorkerMetric.RETRIES);
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

  private ModelOutcome call(ModelPool pool, int retries) throws InterruptedException {
    var want = Want.of(execution.session(), execution.task(), retries);
    var taken = pool.take(want, worker.config().replicaTimeout(), holder);
    return switch (taken) {
      case Unavailable(FailureCode code, String reason, Optional<Duration> retryAfter) ->
          new Failed(code, reason, retryAfter, TokenCounts.UNKNOWN);
      case Place place -> call(place);
    };
  }

  private final class Holding implements ModelPools.Holder {
    @Override
    public boolean isWaitedFor() {
      return waitedFor;
    }

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
    var reply =
        new Reply(worker.nanoClock(), delta -> answer.ifPresent(stream -> stream.append(delta)));
    noteStart(place.replica());
    ModelOutcome outcome = Failed.of(FailureCode.UNPROCESSABLE, "the call did not start");
    Span span = span(place.replica());
    try {
      outcome = reply.outcome(place.client().start(request(), reply));
    } finally {
      span.end();
      place.ended(outcome, reply.firstTextMillis());
    }
    text = reply.text();
    firstTextMillis = reply.firstTextMillis();
    writingMillis = reply.writingMillis();
    return outcome;
  }

  private Span span(ReplicaConfig called) {
    return worker
        .meters()
        .traces()
        .within(execution.span(), "model call", SpanKind.CLIENT)
        .setAttribute("livemind.replica", called.id());
  }

  private void noteStart(ReplicaConfig called) {
    if (replica == null) {
      long delayMillis = worker.dispatchClock().millis() - execution.task().getDispatchedAtMillis();
      worker
          .meters()
          .time(WorkerMetric.DISPATCH_DELAY, delayMillis * 1_000_000, WorkerMeters.tag(kind()));
    }
    replica = called;
    if (kind() == TaskKind.INFERENCE) worker.warming().begin(execution.session(), execution.task());
  }

  private ModelRequest request() {
    Task task = execution.task();
    return new ModelRequest(
        task.getMessages(),
        task.getMaximumTokens(),
        execution.session(),
        task.getOwner(),
        task.getTurn(),
        task.getStep(),
        task.getKind());
  }

  private void leave(ModelOutcome outcome, Optional<EndReason> end, long startNanos) {
    long nowNanos = worker.nanoClock().getAsLong();
    if (outcome instanceof Cancelled && end.isPresent()) {
      worker.meters().time(WorkerMetric.CANCEL_DELAY, nowNanos - toldToEndNanos);
    }
    if (outcome instanceof Failed failed)
      execution.span().setStatus(StatusCode.ERROR, failed.code().code());
    int deltas = closeAnswer();
    long totalMillis = (worker.nanoClock().getAsLong() - startNanos) / 1_000_000;
    var ended =
        new EndedExecution(
            execution,
            outcome,
            end,
            text,
            firstTextMillis,
            writingMillis,
            totalMillis,
            Optional.ofNullable(replica));
    ended.count(worker.meters());
    var unused =
        worker
            .writer()
            .outcome(execution, ended.record(deltas))
            .whenComplete(
                (_, failure) -> {
                  if (failure == null) return;
                  worker.meters().count(WorkerMetric.OUTCOMES_LOST);
                  LOG.warn("event=outcome_lost task={}", execution.task().getTaskId(), failure);
                });
  }

  private int closeAnswer() {
    if (answer.isEmpty()) return 0;
    worker.ticker().remove(answer.get());
    try {
      return answer.get().close(WorkerClients.DELIVERY_TIMEOUT);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException("nobody interrupts after the seal", impossible);
    }
  }
}
