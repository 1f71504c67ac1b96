package io.livemind.workers.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.model.ModelCall;
import io.livemind.workers.model.ModelClient;
import io.livemind.workers.model.ModelOutcome;
import io.livemind.workers.model.ModelOutcome.Cancelled;
import io.livemind.workers.model.ModelOutcome.Failed;
import io.livemind.workers.model.ModelOutcome.Finished;
import io.livemind.workers.model.ModelRequest;
import io.livemind.workers.model.ModelSink;
import io.livemind.workers.model.TokenCounts;
import io.livemind.workers.replica.ModelPool.Place;
import io.livemind.workers.replica.ModelPool.Taken;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of a replica that is left alone only the probe tells whether it is up. */
class ProbesTest {
  private static final Finished GOOD = new Finished("", TokenCounts.UNKNOWN);
  private static final Cancelled GIVEN_UP = new Cancelled(TokenCounts.UNKNOWN);
  private static final Failed BAD = Failed.of(FailureCode.UNREACHABLE, "x");
  private static final Failed OF_THE_REQUEST = Failed.of(FailureCode.BAD_REQUEST, "x");

  private final AtomicLong now = new AtomicLong();
  private final ModelPool pool = pool();

  /** Never called. */
  private record NoClient() implements ModelClient {
    @Override
    public ModelCall start(ModelRequest request, ModelSink sink) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private record Answer() implements ModelPools.Holder {
    @Override
    public boolean isWaitedFor() {
      return true;
    }

    @Override
    public boolean isLeaving() {
      return false;
    }

    @Override
    public void makeRoom() {}
  }

  private ModelPool pool() {
    var replica = ReplicaConfig.openAi(URI.create("http://a/v1"), "m", Optional.empty(), 16);
    var models = Map.of(ModelConfig.OUTPUT, new ModelConfig(List.of(replica)));
    var pools = new ModelPools(models, _ -> new NoClient(), now::get);
    return pools.serving(ModelConfig.OUTPUT, TaskKind.ANSWER).orElseThrow();
  }

  private Taken take() throws InterruptedException {
    return pool.take(new Want("s", 40, 0, 0), Duration.ZERO, new Answer());
  }

  private Place place() throws InterruptedException {
    return (Place) take();
  }

  private static void end(Place place, ModelOutcome outcome) {
    place.ended(outcome, OptionalLong.empty());
  }

  private void fallsSilent() throws InterruptedException {
    for (int i = 0; i < Breaker.THRESHOLD; i++) end(place(), BAD);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  static List<ModelOutcome> ends() {
    return List.of(GOOD, GIVEN_UP, BAD, OF_THE_REQUEST);
  }

  @ParameterizedTest
  @MethodSource("ends")
  void theEndOfAnOlderCallLetsNoCallBesideTheProbe(ModelOutcome end) throws Exception {
    Place older = place();
    fallsSilent();
    pass(Breaker.FIRST_PAUSE);
    Place probe = place();

    end(older, end);
    pass(Breaker.LONGEST_PAUSE);

    assertThat(take()).isNotInstanceOf(Place.class);
    end(probe, GOOD);
    end(place(), GOOD);
  }

  @ParameterizedTest
  @MethodSource("ends")
  void theEndOfAnOlderCallNeitherShortensThePauseNorProlongsIt(ModelOutcome end) throws Exception {
    Place older = place();
    fallsSilent();

    end(older, end);

    assertThat(take()).isNotInstanceOf(Place.class);
    pass(Breaker.FIRST_PAUSE);
    end(place(), GOOD);
  }

  @Test
  void callsFromBeforeThePauseThatFailAfterAGoodProbeDoNotCount() throws Exception {
    List<Place> older = List.of(place(), place(), place(), place(), place());
    fallsSilent();
    pass(Breaker.FIRST_PAUSE);
    end(place(), GOOD);

    for (Place place : older) end(place, BAD);

    end(place(), GOOD);
  }

  @Test
  void aProbeThatIsGivenUpIsMadeAgainAtOnce() throws Exception {
    fallsSilent();
    pass(Breaker.FIRST_PAUSE);

    end(place(), GIVEN_UP);

    end(place(), GOOD);
  }
}
