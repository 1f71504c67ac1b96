package io.livemind.topology;

import io.livemind.schemas.TurnTraces;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Control;
import io.livemind.schemas.avro.ControlCommand;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Moved;
import io.livemind.schemas.avro.Rejected;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.schemas.avro.Usage;
import io.livemind.topology.SessionInput.Refusal;
import io.livemind.topology.session.Execution;
import io.livemind.topology.session.Spending;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The outputs of the second stage: one method a topic. */
final class Outbox {
  /** Names of the sinks, as the topology adds them. */
  static final String INFERENCE_TASKS = "inference-tasks";

  static final String ANSWER_TASKS = "answer-tasks";
  static final String WORKER_CONTROL = "worker-control";
  static final String ANSWERS = "answers";
  static final String USAGE = "usage";

  /** In {@link Moved}, of a session that was deleted: no partition. */
  static final int NOWHERE = -1;

  private final ProcessorContext<String, Object> context;
  private final TopologyMeters meters;
  private final TurnTraces traces;

  /** Of the record that is worked on; at a tick: none. */
  private Span span = Span.getInvalid();

  Outbox(ProcessorContext<String, Object> context, TopologyMeters meters) {
    this.context = context;
    this.meters = meters;
    this.traces = meters.traces();
  }

  /** What is written from here on was caused by the record with these headers. */
  void begin(Headers received) {
    span = traces.after("topology", SpanKind.CONSUMER, received);
  }

  /** … until here. */
  void end() {
    span.end();
    span = Span.getInvalid();
  }

  void task(String session, Task task) {
    String sink = task.getKind() == TaskKind.ANSWER ? ANSWER_TASKS : INFERENCE_TASKS;
    forward(session, task.getTurn(), task, sink);
  }

  /** To the partition that the execution's claim named. */
  void control(
      String session, String taskId, int attempt, Execution execution, ControlCommand command) {
    var control = new Control(taskId, attempt, execution.id(), command);
    var addressed = new Addressed<>(execution.controlPartition(), control);
    context.forward(
        new Record<>(session, addressed, context.currentSystemTimeMs()), WORKER_CONTROL);
  }

  void answer(String session, int partition, int turn, SpecificRecord event) {
    meters.published(event);
    var record = new AnswerEvent(turn, context.currentSystemTimeMs(), event);
    forward(session, turn, new Addressed<>(partition, record), ANSWERS);
  }

  /**
   * The last record of a session on a partition where it was, or was going: it is nowhere any more.
   * Whoever reads it shows nothing of the session.
   */
  void deleted(String session, int partition, int turn) {
    answer(session, partition, turn, new Moved(NOWHERE));
  }

  /**
   * Tells a client that a fragment opens no session and is for none. Whoever deletes one that is
   * gone is told that it is: what was told before may be lost with the instance that did it.
   */
  void refuse(String session, Refusal refusal) {
    Fragment fragment = refusal.fragment();
    if (fragment.getContent() instanceof Delete) {
      deleted(session, fragment.getAnswersPartition(), fragment.getTurn());
      return;
    }
    Long limit = refusal.limit().isPresent() ? refusal.limit().getAsLong() : null;
    var rejected =
        new Rejected(
            refusal.code().code(), fragment.getWriter(), fragment.getSequence(), 0L, limit);
    answer(session, fragment.getAnswersPartition(), fragment.getTurn(), rejected);
  }

  /** Nobody owns the spending of a session without an owner. */
  void usage(String session, String ownerDigest, Spending spending) {
    if (ownerDigest.isEmpty()) return;
    long nowMillis = context.currentSystemTimeMs();
    var usage =
        new Usage(
            ownerDigest,
            session,
            spending.day(),
            spending.tokensOfDay(),
            spending.tokens(),
            spending.wastedTokens(),
            spending.calls(),
            spending.turns(),
            nowMillis,
            spending.costNanos());
    context.forward(new Record<>(ownerDigest + "/" + session, usage, nowMillis), USAGE);
  }

  private void forward(String session, int turn, Object value, String sink) {
    var headers = new RecordHeaders();
    traces.tell(span, session, turn, headers);
    context.forward(new Record<>(session, value, context.currentSystemTimeMs(), headers), sink);
  }
}
