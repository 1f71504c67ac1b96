package io.livemind.benchmarks.workers;

import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * A model that takes a fixed time for a reply and says it in equal pieces. It notes how long after
 * its due moment each call starts.
 *
 * <p>Threading: any thread; a virtual thread a call.
 */
final class TimedCalls implements ModelClient {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final String PIECE = "word ";

  private final Duration time;
  private final int pieces;
  private final Map<TaskKind, Recorder> delays = new EnumMap<>(TaskKind.class);
  private final Map<TaskKind, LongAdder> finished = new EnumMap<>(TaskKind.class);

  /** A model whose replies take so long and come in so many pieces. */
  TimedCalls(Duration time, int pieces) {
    this.time = time;
    this.pieces = pieces;
    for (TaskKind kind : TaskKind.values()) {
      delays.put(kind, new Recorder(LONGEST_NANOS, 3));
      finished.put(kind, new LongAdder());
    }
  }

  Duration time() {
    return time;
  }

  /** From due to start, since this was last asked; nanoseconds. */
  Histogram takeDelays(TaskKind kind) {
    Recorder recorder = delays.get(kind);
    return recorder == null ? new Histogram(3) : recorder.getIntervalHistogram();
  }

  /** Calls that ended by themselves, so far. */
  long finished(TaskKind kind) {
    LongAdder count = finished.get(kind);
    return count == null ? 0 : count.sum();
  }

  @Override
  public ModelCall start(ModelRequest request, ModelSink sink) {
    noteStart(request.session(), request.kind());
    Thread call =
        Thread.ofVirtual().name("timed-call").start(() -> sink.end(reply(request.kind(), sink)));
    return call::interrupt;
  }

  /** The same call for a worker that waits for it. */
  void call(String session, TaskKind kind) throws InterruptedException {
    noteStart(session, kind);
    Thread.sleep(time);
    noteEnd(kind);
  }

  private ModelOutcome reply(TaskKind kind, ModelSink sink) {
    try {
      for (int i = 0; i < pieces; i++) {
        Thread.sleep(time.dividedBy(pieces));
        sink.text(PIECE);
      }
      noteEnd(kind);
      return new Finished(PIECE.repeat(pieces), TokenCounts.UNKNOWN);
    } catch (InterruptedException cancelled) {
      return new Cancelled(TokenCounts.UNKNOWN);
    }
  }

  private void noteStart(String session, TaskKind kind) {
    long delay = System.nanoTime() - TaskFeed.dueNanos(session);
    Recorder recorder = delays.get(kind);
    if (recorder != null) recorder.recordValue(Math.clamp(delay, 0, LONGEST_NANOS));
  }

  private void noteEnd(TaskKind kind) {
    LongAdder count = finished.get(kind);
    if (count != null) count.increment();
  }

  @Override
  public void close() {}
}
