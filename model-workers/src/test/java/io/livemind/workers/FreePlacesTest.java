package io.livemind.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FreePlacesTest {
  private static final PollerPlan BATCH = new PollerPlan(4);
  private static final PollerPlan LAST = new PollerPlan(1, 4);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Long enough for one that would not wait. */
  private static final Duration UNCHANGED = Duration.ofMillis(100);

  @Test
  void aBatchIsReservedWholeOrNotAtAll() {
    var places = new FreePlaces(7);
    assertThat(places.tryReserve(BATCH)).isTrue();
    assertThat(places.tryReserve(BATCH)).isFalse();
    places.release(1);
    assertThat(places.tryReserve(BATCH)).isTrue();
  }

  @Test
  void theLastPlacesAreTakenOneByOneWhenTheyAreTooFewForABatch() {
    var places = new FreePlaces(5);
    assertThat(places.tryReserve(LAST)).isFalse();
    assertThat(places.tryReserve(BATCH)).isTrue();
    assertThat(places.tryReserve(LAST)).isTrue();
    assertThat(places.tryReserve(LAST)).isFalse();
  }

  @Test
  void whoWaitsIsWokenByPlacesThatAreFreeAgain() throws Exception {
    var places = new FreePlaces(3);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> batch = threads.submit(() -> places.reserve(BATCH, LONG));
      await().during(UNCHANGED).until(() -> !batch.isDone());
      places.release(1);
      assertThat(batch.get()).isTrue();
    }
  }

  @Test
  void whoWaitsForTheLastPlacesIsWokenWhenABatchTakesTheOthers() throws Exception {
    var places = new FreePlaces(5);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> last = threads.submit(() -> places.reserve(LAST, LONG));
      await().during(UNCHANGED).until(() -> !last.isDone());
      assertThat(places.tryReserve(BATCH)).isTrue();
      assertThat(last.get()).isTrue();
    }
  }

  @Test
  void whoWaitsInVainIsToldSoInTime() throws Exception {
    assertThat(new FreePlaces(3).reserve(BATCH, Duration.ofMillis(20))).isFalse();
  }
}
