package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OutputsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final Outputs outputs = new Outputs(nanos::get, ProcessWatch.off());
  private final Producer<byte[], byte[]> producer = new OutputProducer(kafka, outputs);

  @Test
  void whatIsProducedBetweenTwoPollsLeavesBeforeTheSecondInItsOrder() {
    poll(outputs);
    var task = output(1);
    var head = output(2);
    produce(task);
    Future<RecordMetadata> sent = producer.send(head);
    assertThat(kafka.history()).isEmpty();

    poll(outputs);

    assertThat(kafka.history()).containsExactly(task, head);
    assertThat(sent).succeedsWithin(Duration.ZERO);
  }

  @Test
  void aLongPassLetsGoWithItsFirstOutputAfterAMillisecond() {
    poll(outputs);
    produce(output(1));
    nanos.addAndGet(Outputs.SHORTEST_HOLD_NANOS);
    produce(output(2));

    assertThat(kafka.history()).hasSize(2);
  }

  @Test
  void behindALongPassOutputsAreHeldForAQuarterOfIt() {
    pass(Duration.ofMillis(20));
    produce(output(1));
    nanos.addAndGet(Duration.ofMillis(5).toNanos() - 1);
    produce(output(2));
    assertThat(kafka.history()).isEmpty();

    nanos.incrementAndGet();
    produce(output(3));
    assertThat(kafka.history()).hasSize(3);
  }

  @Test
  void behindAPassThatStoodStillOutputsAreNotHeldForLong() {
    pass(Duration.ofSeconds(4));
    produce(output(1));
    nanos.addAndGet(Outputs.LONGEST_HOLD_NANOS);
    produce(output(2));

    assertThat(kafka.history()).hasSize(2);
  }

  @Test
  void behindAShortPassOutputsAreHeldForAMillisecondAgain() {
    pass(Duration.ofMillis(20));
    pass(Duration.ofNanos(1));
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    produce(output(1));
    nanos.addAndGet(Outputs.SHORTEST_HOLD_NANOS);
    produce(output(2));

    assertThat(kafka.history()).hasSize(2);
  }

  /** What was polled is processed for so long; then the next is polled, at once. */
  private void pass(Duration duration) {
    poll(outputs);
    nanos.addAndGet(duration.toNanos());
    poll(outputs);
  }

  @Test
  void whatIsHeldIsBoundedInBytes() {
    poll(outputs);
    produce(output(1));
    produce(new ProducerRecord<>("tasks", new byte[1], new byte[Outputs.MOST_BYTES]));

    assertThat(kafka.history()).hasSize(2);
  }

  @Test
  void aThreadThatDoesNotPollSendsAtOnce() throws InterruptedException {
    poll(outputs);
    Thread callbacks = Thread.ofPlatform().start(() -> produce(output(1)));
    callbacks.join();

    assertThat(kafka.history()).hasSize(1);
  }

  @Test
  void aFlushAndACloseWaitForWhatIsHeld() {
    poll(outputs);
    produce(output(1));
    producer.flush();
    assertThat(kafka.history()).hasSize(1);

    produce(output(2));
    producer.close();
    assertThat(kafka.history()).hasSize(2);
  }

  @Test
  void aTransactionHasWhatWasProducedInIt() {
    transaction();
    produce(output(1));
    producer.commitTransaction();

    assertThat(kafka.history()).hasSize(1);
  }

  @Test
  void anAbortedTransactionSendsNothingMoreAndTellsItsCallbacks() {
    transaction();
    List<Exception> failures = new ArrayList<>();
    var unused = producer.send(output(1), (_, failure) -> failures.add(failure));
    producer.abortTransaction();
    poll(outputs);

    assertThat(kafka.history()).isEmpty();
    assertThat(failures).singleElement().isInstanceOf(TransactionAbortedException.class);
  }

  @Test
  void aCallbackHearsWhyItsOutputWasNotTaken() {
    var fenced = new KafkaException("not again", new ProducerFencedException("another instance"));
    var failing = new FailingOnce(fenced);
    var sending = new OutputProducer(failing, outputs);
    List<Exception> failures = new ArrayList<>();
    poll(outputs);
    Future<RecordMetadata> refused = sending.send(output(1), (_, failure) -> failures.add(failure));
    poll(outputs);

    assertThat(failures).singleElement().isSameAs(fenced.getCause());
    assertThatThrownBy(refused::get).hasCause(fenced.getCause());
  }

  @Test
  void aHeadDoesNotLeaveBehindAPartThatWasNotTaken() {
    var failing = new FailingOnce(new KafkaException("no room"));
    aHeadDoesNotLeaveBehindAPartThatWasNotTaken(failing);
  }

  @Test
  void aHeadDoesNotLeaveBehindAPartWhoseFutureHasFailed() {
    // As of a producer whose buffer was full for too long: it throws nothing.
    aHeadDoesNotLeaveBehindAPartThatWasNotTaken(new FullOnce());
  }

  private void aHeadDoesNotLeaveBehindAPartThatWasNotTaken(MockProducer<byte[], byte[]> failing) {
    var sending = new OutputProducer(failing, outputs);
    List<Exception> failures = new ArrayList<>();
    poll(outputs);
    var part = sending.send(output(1));
    var head = sending.send(output(2), (_, failure) -> failures.add(failure));
    poll(outputs);

    assertThat(failing.history()).isEmpty();
    assertThat(part.state()).isEqualTo(Future.State.FAILED);
    assertThat(head.state()).isEqualTo(Future.State.FAILED);
    assertThat(failures).singleElement().isInstanceOf(KafkaException.class);
  }

  @Test
  void aProcessThatStoodStillWritesNothing() {
    List<Integer> historyAtHalt = new ArrayList<>();
    var watch =
        new ProcessWatch(
            () -> historyAtHalt.add(kafka.history().size()),
            ProcessWatch.LONGEST_PAUSE,
            nanos::get,
            () -> 0);
    var watched = new Outputs(nanos::get, watch);
    poll(watched);
    var unused = watched.send(kafka, output(1), (_, _) -> {});
    nanos.addAndGet(2 * ProcessWatch.LONGEST_PAUSE.toNanos());

    poll(watched);

    assertThat(historyAtHalt).containsExactly(0);
  }

  @Test
  void whateverAProducerThrowsIsTheThreadsFailure() {
    var closed = new IllegalStateException("closed");
    var failing = new FailingOnce(closed);
    var sending = new OutputProducer(failing, outputs);
    List<Exception> failures = new ArrayList<>();
    poll(outputs);
    var sent = sending.send(output(1), (_, failure) -> failures.add(failure));
    poll(outputs);

    assertThat(failures).singleElement().satisfies(e -> assertThat(ThreadFailures.is(e)).isTrue());
    assertThatThrownBy(sent::get).hasRootCause(closed);
  }

  private void produce(ProducerRecord<byte[], byte[]> output) {
    var unused = producer.send(output);
  }

  private static void poll(Outputs between) {
    var unused = between.between(() -> 0);
  }

  private void transaction() {
    producer.initTransactions();
    poll(outputs);
    producer.beginTransaction();
  }

  private static ProducerRecord<byte[], byte[]> output(int number) {
    return new ProducerRecord<>("tasks", new byte[] {(byte) number}, new byte[1]);
  }

  private static final class FailingOnce extends MockProducer<byte[], byte[]> {
    private final List<RuntimeException> failures = new ArrayList<>();

    FailingOnce(RuntimeException failure) {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
      failures.add(failure);
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> output, Callback callback) {
      if (!failures.isEmpty()) throw failures.removeFirst();
      return super.send(output, callback);
    }
  }

  private static final class FullOnce extends MockProducer<byte[], byte[]> {
    private boolean full = true;

    FullOnce() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> output, Callback callback) {
      if (!full) return super.send(output, callback);
      full = false;
      var failure = new TimeoutException("the buffer is full");
      callback.onCompletion(null, failure);
      return CompletableFuture.failedFuture(failure);
    }
  }
}
