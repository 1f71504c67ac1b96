package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.client.LiveMind;
import io.livemind.client.LiveSession;
import io.livemind.client.SessionListener;
import io.livemind.client.SessionRequest;
import io.livemind.client.TurnEnd;
import io.livemind.gateway.GatewayApp;
import io.livemind.gateway.GatewayConfig;
import io.livemind.schemas.avro.Message;
import io.livemind.topology.StoreConfig;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka Streams gives up a task in the middle of a step, throws its store away, reads it anew from
 * the changelog and begins the same processors once more. Nobody notices.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RevivedTaskTest {
  private static final TaskId ONLY = new TaskId(0, 0);

  /** Thinks only when asked, so that every call begins where a fragment is processed. */
  private static final SessionRequest ASKING = SessionRequest.model("conventional");

  private final AtomicInteger toCorrupt = new AtomicInteger();

  @Test
  void turnsAreAnsweredAndEachSessionCountsOnceHoweverOftenTheirTaskIsRevived(@TempDir Path state)
      throws Exception {
    try (var pipeline = TestPipeline.startWithoutTopology(1);
        var _ = TopologyApp.start(config(pipeline, state), pipeline.topics());
        var gateway =
            GatewayApp.start(GatewayConfig.local(0, pipeline.kafka()), pipeline.topics());
        var liveMind = LiveMind.at(gateway.uri())) {
      pipeline.startWorker();
      try (var first = liveMind.open(ASKING, SessionListener.NONE);
          var second = liveMind.open(ASKING, SessionListener.NONE)) {
        assertIsAnswered(first, "Why?");

        toCorrupt.set(1);
        assertIsAnswered(second, "Where does the water go?");
        toCorrupt.set(2);
        assertIsAnswered(first, "And how?");

        assertThat(toCorrupt).hasValue(0);
        try (var third = liveMind.open(ASKING, SessionListener.NONE)) {
          assertIsAnswered(third, "Who says so?");
        }
      }
    }
  }

  /** Room for three sessions, which no more than these are opened. */
  private TopologyConfig config(TestPipeline pipeline, Path state) {
    return TopologyConfig.defaults(TestPipeline.APPLICATION, pipeline.kafka(), state)
        .embedded(StoreConfig.Kind.ROCKSDB)
        .withExactlyOnce()
        .storing(store -> store.holding(3))
        .rendering(this::corrupt);
  }

  private List<Message> corrupt(List<Message> messages) {
    if (toCorrupt.getAndUpdate(left -> Math.max(0, left - 1)) > 0)
      throw new TaskCorruptedException(Set.of(ONLY));
    return messages;
  }

  private static void assertIsAnswered(LiveSession session, String prompt) throws Exception {
    assertThat(session.submit(prompt).get(1, TimeUnit.MINUTES))
        .isInstanceOf(TurnEnd.Answered.class);
  }
}
