package io.livemind.workers;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.EarlyEnd;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.TokenCounts;
import io.livemind.workers.replica.ModelPool.Place;
import io.livemind.workers.replica.ModelPools;
import io.livemind.workers.replica.Want;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Lets the servers of the model that will answer read a prompt while it is typed, so that their
 * prefix caches hold it when the answer is asked for: what an inference is called with is sent
 * there too, for one token of reply. With append-only prompts the answer's prompt begins with it.
 *
 * <p>Costs the answers nothing: it takes only a place that is free at once, gives it up for any
 * answer, and ends when its session's answer comes to this worker. One at a time a session.
 *
 * <p>Threading: any thread; a virtual thread a call.
 */
final class Warming implements AutoCloseable {
  private static final int REPLY_TOKENS = 1;

  private final Optional<String> model;
  private final ModelPools models;
  private final WorkerMeters meters;
  private final LongSupplier nanoClock;
  private final Map<String, Reading> readings = new ConcurrentHashMap<>();

  /** Of this model; without one nothing is ever warmed. */
  Warming(Optional<String> model, ModelPools models, WorkerMeters meters, LongSupplier nanoClock) {
    this.model = model;
    this.models = models;
    this.meters = meters;
    this.nanoClock = nanoClock;
  }

  /** An inference is called: its prompt is read by the model that will answer, too. */
  void begin(String session, Task inference) {
    if (model.isEmpty() || model.get().equals(inference.getModel())) return;
    var reading = new Reading(session, inference, model.get());
    if (readings.putIfAbsent(session, reading) != null) return;
    Thread.ofVirtual().name("warming").start(reading);
  }

  /** The answer is there. */
  void end(String session) {
    Reading reading = readings.get(session);
    if (reading != null) reading.makeRoom();
  }

  @Override
  public void close() {
    readings.values().forEach(Reading::makeRoom);
  }

  private final class Reading implements Runnable, ModelPools.Holder {
    private final EarlyEnd<EndReason> early = new EarlyEnd<>();
    private final String session;
    private final Task inference;
    private final String reader;

    Reading(String session, Task inference, String reader) {
      this.session = session;
      this.inference = inference;
      this.reader = reader;
    }

    @Override
    public boolean isWaitedFor() {
      return false;
    }

    @Override
    public boolean isLeaving() {
      return early.reason().isPresent();
    }

    @Override
    public void makeRoom() {
      early.request(EndReason.PREEMPTED);
    }

    @Override
    public void run() {
      early.begin();
      String end = "cancelled";
      try {
        end = read();
      } catch (InterruptedException ended) {
        // Before it had begun.
      } finally {
        early.seal();
        readings.remove(session, this);
        meters.count(WorkerMetric.WARMINGS, end);
      }
    }

    private String read() throws InterruptedException {
      var pool = models.serving(reader, TaskKind.ANSWER);
      if (pool.isEmpty()) return "failed";
      var taken = pool.get().take(Want.of(session, inference, 0), Duration.ZERO, this);
      return taken instanceof Place place ? read(place) : "no_place";
    }

    private String read(Place place) {
      var reply = new Reply(nanoClock, _ -> {});
      ModelOutcome outcome = new Cancelled(TokenCounts.UNKNOWN);
      try {
        outcome = whole(reply.outcome(place.client().start(request(), reply)));
      } finally {
        place.ended(outcome, reply.firstTextMillis());
      }
      EndedExecution.count(meters, place.replica(), outcome.tokens());
      return switch (outcome) {
        case Finished _ -> "read";
        case Cancelled _ -> "cancelled";
        case Failed _ -> "failed";
      };
    }

    /** A reply that is cut off after its one token is what was asked for. */
    private static ModelOutcome whole(ModelOutcome outcome) {
      return outcome instanceof Failed failed && failed.code() == FailureCode.LENGTH_LIMIT
          ? new Finished("", failed.tokens())
          : outcome;
    }

    private ModelRequest request() {
      return new ModelRequest(
          inference.getMessages(),
          Optional.of(REPLY_TOKENS),
          session,
          inference.getOwner(),
          inference.getTurn(),
          inference.getStep(),
          TaskKind.ANSWER);
    }
  }
}
