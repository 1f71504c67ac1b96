package io.livemind.workers;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Task;
import io.livemind.schemas.avro.TaskKind;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers' stage: a task record becomes a claim and, in time, deltas and an outcome. Decides on
 * a polled record: admit, claim, start; or skip, or hand back, or dead letter.
 *
 * <p>Threading: any poll thread.
 */
final class TasksToResults {
  private static final Logger LOG = LoggerFactory.getLogger(TasksToResults.class);

  /** What became of a record. */
  sealed interface Taken {}

  /** The task has started; the record is ours when the claim is confirmed. */
  record Started(TaskCall call, CompletableFuture<Void> claim) implements Taken {}

  /** There is nothing to do for the record, once this is confirmed. */
  record Settled(CompletableFuture<Void> confirmed) implements Taken {}

  /** There is no place for it here: somebody else may have one. */
  record NoPlace() implements Taken {}

  /** There is no place for it, and nobody waits for it: it is dropped, so that nothing waits. */
  record Shed() implements Taken {}

  private static final Settled SKIPPED = new Settled(CompletableFuture.completedFuture(null));

  private final Topics topics;
  private final WorkerContext worker;
  private final int resultsPartitions;
  private final KnownPartitions answersPartitions;

  /**
   * The stage.
   *
   * @param resultsPartitions of {@code inference-results}; fixed for the life of a deployment
   * @param answersPartitions of {@code answers}
   */
  TasksToResults(
      Topics topics,
      WorkerContext worker,
      int resultsPartitions,
      KnownPartitions answersPartitions) {
    this.topics = topics;
    this.worker = worker;
    this.resultsPartitions = resultsPartitions;
    this.answersPartitions = answersPartitions;
  }

  /**
   * Takes one record. An answer's call has started when this returns; an inference waits for its
   * grant.
   *
   * @param onLeave called once when a started task has left
   */
  Taken take(ConsumerRecord<byte[], byte[]> record, Runnable onLeave) {
    try {
      return decide(record, onLeave);
    } catch (RuntimeException broken) {
      LOG.error("event=task_unprocessable offset={}", record.offset(), broken);
      return dead(record, FailureCode.UNPROCESSABLE, broken.getClass().getSimpleName());
    }
  }

  private Taken decide(ConsumerRecord<byte[], byte[]> record, Runnable onLeave) {
    @Nullable Task task = read(record);
    if (task == null || record.key() == null) {
      return dead(record, FailureCode.UNREADABLE, "not a task record with a session as its key");
    }
    boolean late = isLate(record, task);
    if (late && task.getKind() == TaskKind.INFERENCE && !isClaimedAllTheSame()) {
      worker.meters().count(WorkerMetric.TASKS_SKIPPED);
      LOG.debug("event=task_stale task={} attempt={}", task.getTaskId(), task.getAttempt());
      return SKIPPED;
    }
    int partition = task.getAnswersPartition();
    if (!answersPartitions.has(partition)) {
      return dead(record, FailureCode.UNKNOWN_PARTITION, "answers has no partition " + partition);
    }
    String session = new String(record.key(), StandardCharsets.UTF_8);
    var call =
        new TaskCall(
            worker,
            Execution.of(session, task, span(session, record, task)),
            Topics.partitionOf(session, resultsPartitions),
            late || task.getKind() == TaskKind.INFERENCE || task.getDraft(),
            onLeave);
    if (!worker.held().admit(call)) return noPlace(task);
    CompletableFuture<Void> claim = worker.writer().claim(call.execution(), call.asksGrant());
    Thread.ofVirtual().name("task-call").start(call);
    String kind = WorkerMeters.tag(task.getKind());
    worker.meters().count(WorkerMetric.TASKS_CLAIMED, kind);
    worker.meters().time(WorkerMetric.QUEUE_AGE, ageMillis(record, task) * 1_000_000, kind);
    return new Started(call, claim);
  }

  private Span span(String session, ConsumerRecord<byte[], byte[]> record, Task task) {
    String name = task.getDraft() ? "draft" : WorkerMeters.tag(task.getKind());
    return worker
        .meters()
        .traces()
        .after(name, SpanKind.CONSUMER, session, task.getTurn(), record.headers());
  }

  private Taken noPlace(Task task) {
    if (task.getDraft()) {
      worker.meters().count(WorkerMetric.DRAFTS_SHED);
      return new Shed();
    }
    worker.meters().count(WorkerMetric.TASKS_RELEASED);
    return new NoPlace();
  }

  private @Nullable Task read(ConsumerRecord<byte[], byte[]> record) {
    Topic<String, Task> topic =
        record.topic().equals(topics.answerTasks().name())
            ? topics.answerTasks()
            : topics.inferenceTasks();
    try {
      return topic.value().deserializer().deserialize(record.topic(), record.value());
    } catch (SerializationException unreadable) {
      return null;
    }
  }

  /**
   * Whether a late inference asks for its grant all the same: where nothing has been heard from who
   * dispatches, and else now and then. For the grant or its refusal tells their time; a worker that
   * had heard a wrong one, and claims nothing, would never hear another.
   */
  private boolean isClaimedAllTheSame() {
    return !worker.dispatchClock().known() || worker.dispatchClock().asks();
  }

  /**
   * Whether it has probably been dispatched again. Only probably, for the clocks of those who
   * dispatch may differ: an inference is left alone then, but an answer only asks first. The
   * machine may also send an old dispatch again: then the record is newer than the dispatch.
   */
  private boolean isLate(ConsumerRecord<byte[], byte[]> record, Task task) {
    return ageMillis(record, task) > task.getClaimLeaseMillis();
  }

  private long ageMillis(ConsumerRecord<byte[], byte[]> record, Task task) {
    return worker.dispatchClock().millis()
        - Math.max(record.timestamp(), task.getDispatchedAtMillis());
  }

  private Settled dead(ConsumerRecord<byte[], byte[]> record, FailureCode code, String reason) {
    worker.meters().count(WorkerMetric.DEAD_LETTERS);
    LOG.warn(
        "event=dead_letter topic={} partition={} offset={} code={}",
        record.topic(),
        record.partition(),
        record.offset(),
        code.code());
    return new Settled(worker.writer().deadLetter(record, code, reason));
  }
}
