package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

/** An instance gives up over a store that fails again and again, and over nothing else. */
class StoreFailuresTest {
  private static final StreamsException FULL =
      new StreamsException(
          new ProcessorStateException(
              "cannot put", new IllegalStateException("No space left on device")));

  private long nanos;
  private final StoreFailures failures = new StoreFailures(() -> nanos);

  @Test
  void theFirstFailureIsAChanceToOpenTheStoreAnew() {
    assertThat(failures.again(FULL)).isEmpty();
  }

  @Test
  void aSecondOneSoonAfterIsTheDisk() {
    failures.again(FULL);
    nanos += TimeUnit.SECONDS.toNanos(20);
    assertThat(failures.again(FULL)).contains("No space left on device");
  }

  @Test
  void aSecondOneMuchLaterIsAnotherFirst() {
    failures.again(FULL);
    nanos += TimeUnit.MINUTES.toNanos(2);
    assertThat(failures.again(FULL)).isEmpty();
  }

  @Test
  void whatIsNoFailureOfTheStoreDoesNotCount() {
    var other = new StreamsException("a record");
    failures.again(other);
    assertThat(failures.again(other)).isEmpty();
  }
}
