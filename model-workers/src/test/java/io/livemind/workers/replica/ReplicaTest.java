package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.ReplicaLimits;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** How calls end decides how many a replica gets. */
class ReplicaTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long USUAL_MILLIS = 100;
  private static final Finished GOOD = new Finished("", TokenCounts.UNKNOWN);
  private static final long ROUND = 0; // Its breaker stays closed here.
  private static final Want WANT = new Want("session", 40, 0, 0);

  /** Never called. */
  private record NoClient() implements ModelClient {
    @Override
    public ModelCall start(ModelRequest request, ModelSink sink) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static Replica replica(Optional<Integer> tokensPerMinute) {
    var none = Optional.<Integer>empty();
    var config =
        ReplicaConfig.openAi(URI.create("http://a/v1"), "m", Optional.empty(), 10)
            .withLimits(new ReplicaLimits(10, none, none, none, none, tokensPerMinute));
    return new Replica(config, new NoClient(), 0);
  }

  /** As many calls as it has places, which all end so. */
  private static void round(
      Replica replica, ModelOutcome outcome, long firstTokenMillis, long nowNanos) {
    int places = replica.places();
    for (int i = 0; i < places; i++) replica.takePlace(WANT, nowNanos);
    for (int i = 0; i < places; i++)
      replica.ended(WANT, ROUND, outcome, OptionalLong.of(firstTokenMillis), nowNanos);
  }

  @Test
  void aRefusalForLoadTakesPlacesAwayAndGoodCallsGiveThemBack() {
    for (FailureCode code : new FailureCode[] {FailureCode.RATE_LIMITED, FailureCode.OVERLOADED}) {
      Replica replica = replica(Optional.empty());
      replica.takePlace(WANT, SECOND);
      replica.ended(WANT, ROUND, Failed.of(code, "x"), OptionalLong.empty(), SECOND);
      assertThat(replica.places()).as("after " + code).isEqualTo(7);

      for (int i = 0; i < 100; i++) {
        while (replica.used() < replica.places()) replica.takePlace(WANT, 2 * SECOND);
        replica.ended(WANT, ROUND, GOOD, OptionalLong.of(USUAL_MILLIS), 2 * SECOND);
      }
      assertThat(replica.places()).isEqualTo(10);
    }
  }

  @Test
  void firstTokensThatComeMuchLaterThanUsualTakePlacesAway() {
    Replica replica = replica(Optional.empty());
    for (int i = 0; i < 4; i++) round(replica, GOOD, USUAL_MILLIS, SECOND);
    assertThat(replica.places()).isEqualTo(10);

    round(replica, GOOD, 20 * USUAL_MILLIS, 2 * SECOND);

    assertThat(replica.places()).isLessThan(10);
  }

  @Test
  void tokensThatTheServerCountedBeyondTheEstimateAreWaitedFor() {
    Replica replica = replica(Optional.of(600));
    replica.takePlace(WANT, SECOND);
    assertThat(replica.hasFreePlace(SECOND)).isTrue();

    var counted = new TokenCounts(OptionalInt.of(10), OptionalInt.of(500), OptionalInt.empty());
    replica.ended(WANT, ROUND, new Finished("", counted), OptionalLong.of(USUAL_MILLIS), SECOND);

    assertThat(replica.hasFreePlace(SECOND)).isFalse();
    assertThat(replica.hasFreePlace(60 * SECOND)).isTrue();
  }
}
