package io.livemind.workers;

import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.TasksToResults.NoPlace;
import io.livemind.workers.TasksToResults.Settled;
import io.livemind.workers.TasksToResults.Shed;
import io.livemind.workers.TasksToResults.Started;
import io.livemind.workers.TasksToResults.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One share consumer, which reserves free places and fills them: poll, admit, claim confirmed by
 * the broker, only then ACCEPT, poll again. A worker that dies before its claim is confirmed loses
 * nothing.
 *
 * <p>With enough free places for a batch it never stops polling, and it stops only after a poll
 * that returned records: a fetch in flight could acquire records that would lie locked here. What
 * comes when no place is free all the same is released at once.
 *
 * <p>Threading: one platform thread owns the consumer (on virtual threads the client's busy waits
 * can starve each other). {@link #stop} and {@link #polls} come from any thread.
 */
final class TaskPoller {
  private static final Logger LOG = LoggerFactory.getLogger(TaskPoller.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration WAIT = Duration.ofMillis(200);
  private static final Duration COMMIT = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(2);
  private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

  private final TaskKind kind;
  private final String topic;
  private final PollerPlan plan;
  private final Supplier<ShareConsumer<byte[], byte[]>> consumers;
  private final TasksToResults stage;
  private final WorkerContext worker;
  private final FreePlaces places;
  private final PollHealth health;
  private final Thread thread;
  private volatile @Nullable ShareConsumer<byte[], byte[]> current;
  private volatile boolean stopping;

  /**
   * A poller that has not started.
   *
   * @param places free ones of the worker for this kind of task, shared by the pollers of its topic
   * @param consumers makes the consumer, and a new one after a failure
   */
  TaskPoller(
      TaskKind kind,
      String topic,
      PollerPlan plan,
      FreePlaces places,
      Supplier<ShareConsumer<byte[], byte[]>> consumers,
      TasksToResults stage,
      WorkerContext worker) {
    this.kind = kind;
    this.topic = topic;
    this.plan = plan;
    this.consumers = consumers;
    this.stage = stage;
    this.worker = worker;
    this.places = places;
    this.health = new PollHealth(worker.nanoClock());
    this.thread = Thread.ofPlatform().daemon().name("task-poller").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Whether the brokers hand it tasks, as far as it knows, or would when it needs some; from any
   * thread.
   */
  boolean polls() {
    return (health.polls() || !plan.isSteady()) && !worker.brokers().areGone();
  }

  /** Takes no more; returns at once. */
  void stop() {
    stopping = true;
    ShareConsumer<byte[], byte[]> consumer = current;
    if (consumer != null) consumer.wakeup();
  }

  /** Waits until the consumer has left its group, a few seconds at most. */
  void join() throws InterruptedException {
    thread.join(COMMIT.plus(CLOSE).plus(worker.config().claimTimeout()));
  }

  private void run() {
    while (!stopping) {
      if (worker.brokers().areGone()) {
        pause();
        continue;
      }
      @Nullable ShareConsumer<byte[], byte[]> consumer = null;
      try {
        consumer = consumers.get();
        current = consumer;
        consumer.setAcknowledgementCommitCallback(
            (offsets, failure) -> {
              if (failure != null) worker.meters().count(WorkerMetric.ACKNOWLEDGEMENTS_LOST);
            });
        consumer.subscribe(List.of(topic));
        poll(consumer);
        if (!stopping) LOG.warn("event=brokers_gone topic={}", topic);
      } catch (WakeupException stop) {
        // Looks at `stopping` again.
      } catch (InterruptedException stop) {
        stopping = true;
      } catch (RuntimeException failed) {
        // Whatever it was: without this thread the worker would look alive and take nothing.
        health.failed();
        LOG.warn("event=task_poll_failed topic={}", topic, failed);
        pause();
      } finally {
        current = null;
        if (consumer != null) close(consumer);
      }
    }
  }

  private static void close(ShareConsumer<byte[], byte[]> consumer) {
    try {
      consumer.close(CLOSE); // Releases what is not acknowledged.
    } catch (KafkaException gone) {
      LOG.debug("event=task_consumer_close_failed", gone);
    }
  }

  private void poll(ShareConsumer<byte[], byte[]> consumer) throws InterruptedException {
    while (goesOn()) {
      if (!takePlaces()) {
        // Before a pause: unsent acknowledgements would outlive their locks.
        consumer.commitSync(COMMIT);
        while (!awaitPlaces()) if (!goesOn()) return;
      }
      int unused = plan.batch();
      try {
        ConsumerRecords<byte[], byte[]> records = polled(consumer);
        while (records.isEmpty() && goesOn()) records = polled(consumer);
        List<Taken> taken = takeAll(records);
        unused -= (int) taken.stream().filter(Started.class::isInstance).count();
        acknowledge(consumer, records, taken);
        if (taken.stream().anyMatch(NoPlace.class::isInstance)) {
          // Asked for at once, the same record would come back until its deliveries are used up.
          consumer.commitSync(COMMIT);
          worker.held().awaitRoom(WAIT);
        }
      } finally {
        places.release(unused);
      }
    }
    if (stopping) consumer.commitSync(COMMIT);
  }

  private ConsumerRecords<byte[], byte[]> polled(ShareConsumer<byte[], byte[]> consumer) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    health.polled();
    return records;
  }

  /** Not while the brokers are gone: the consumer is closed then, see {@link BrokerWatch}. */
  private boolean goesOn() {
    return !stopping && !worker.brokers().areGone();
  }

  /**
   * Reserves places for a batch: given back by the calls that take them, and by the rest at once.
   */
  private boolean takePlaces() {
    if (kind == TaskKind.INFERENCE && !worker.held().hasRoom()) return false;
    return places.tryReserve(plan);
  }

  private boolean awaitPlaces() throws InterruptedException {
    if (kind == TaskKind.INFERENCE && !worker.held().awaitRoom(WAIT)) return false;
    return places.reserve(plan, WAIT);
  }

  /** Each started task takes one of the places that were reserved. */
  private List<Taken> takeAll(ConsumerRecords<byte[], byte[]> records) {
    List<Taken> taken = new ArrayList<>(records.count());
    records.forEach(record -> taken.add(stage.take(record, () -> places.release(1))));
    return taken;
  }

  private void acknowledge(
      ShareConsumer<byte[], byte[]> consumer,
      ConsumerRecords<byte[], byte[]> records,
      List<Taken> taken)
      throws InterruptedException {
    long end = System.nanoTime() + worker.config().claimTimeout().toNanos();
    Iterator<Taken> what = taken.iterator();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      consumer.acknowledge(record, acknowledgement(what.next(), end));
    }
  }

  private static AcknowledgeType acknowledgement(Taken taken, long endNanos)
      throws InterruptedException {
    return switch (taken) {
      case NoPlace _ -> AcknowledgeType.RELEASE;
      case Shed _ -> AcknowledgeType.REJECT;
      case Settled(CompletableFuture<Void> confirmed) ->
          isConfirmed(confirmed, endNanos) ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE;
      case Started(TaskCall call, CompletableFuture<Void> claim) -> {
        if (isConfirmed(claim, endNanos)) yield AcknowledgeType.ACCEPT;
        call.end(EndReason.CLAIM_LOST);
        yield AcknowledgeType.RELEASE;
      }
    };
  }

  private static boolean isConfirmed(CompletableFuture<Void> confirmed, long endNanos)
      throws InterruptedException {
    try {
      confirmed.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException | CancellationException lost) {
      LOG.warn("event=claim_not_confirmed", lost);
      return false;
    }
  }

  private void pause() {
    try {
      Thread.sleep(RESTART_PAUSE);
    } catch (InterruptedException stop) {
      stopping = true;
    }
  }
}
