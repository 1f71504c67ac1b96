package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import io.livemind.schemas.avro.Task;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions with the same options share them in memory; each is answered with its own. */
class SharedOptionsTest {
  private static final String ANNA = "session-of-anna-1";
  private static final String BEN = "session-of-ben-12";
  private static final String CLARA = "session-of-clara-1";
  private static final SessionOptions USUAL = SessionOptions.newBuilder().build();
  private static final SessionOptions SMALL =
      SessionOptions.newBuilder().setOutputModel("small").build();

  private final PipelineDriver pipeline = new PipelineDriver();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void eachSessionIsAnsweredWithItsOwnOptions() {
    begin(ANNA, USUAL);
    begin(BEN, SMALL);
    begin(CLARA, USUAL);

    submit(ANNA);
    submit(BEN);
    submit(CLARA);

    assertThat(models()).containsExactly("large", "small", "large");
  }

  @Test
  void afterARestartToo() {
    begin(ANNA, USUAL);
    begin(BEN, SMALL);
    pipeline.commit();
    pipeline.restart(new Random(1));

    submit(BEN);
    submit(ANNA);

    assertThat(models()).containsExactly("small", "large");
  }

  @Test
  void bothStagesReadThemOnce() {
    var store = new ReadStore();
    var topics = new Topics("test.");
    TopologyConfig config =
        TopologyConfig.defaults(
                PipelineInstance.APPLICATION,
                Map.of("bootstrap.servers", "none:1"),
                Path.of("target", "streams"))
            .embedded(StoreConfig.Kind.MEMORY);
    var meters = new TopologyMeters(new SimpleMeterRegistry());
    var progress = new PartitionProgress(_ -> Map.of(), Runnable::run);
    var topology =
        PipelineTopology.build(config, topics, ProcessWatch.off(), progress, 1, meters, store);
    try (var driver =
        new TopologyTestDriver(
            topology, StreamsSettings.of(config, topics.prefix(), 1, meters), Instant.EPOCH)) {
      TestInputTopic<String, Fragment> fragments =
          driver.createInputTopic(
              topics.fragments().name(),
              topics.fragments().key().serializer(),
              topics.fragments().value().serializer());

      fragments.pipeInput(ANNA, new Fragment(1L, 0L, 0, 0, 0L, new Open(USUAL, "")));
      fragments.pipeInput(ANNA, new Fragment(1L, 1L, 0, 0, 0L, new Append("Why?")));
      fragments.pipeInput(BEN, new Fragment(1L, 0L, 0, 0, 0L, new Open(USUAL, "")));
      fragments.pipeInput(BEN, new Fragment(1L, 1L, 0, 0, 0L, new Append("Why?")));

      assertThat(store.keysRead("options")).containsExactly(ANNA + "|options");
    }
  }

  private void begin(String session, SessionOptions options) {
    pipeline.sendTo(session, 0, new Open(options, ""));
    pipeline.sendTo(session, 1, new Append("Why?"));
  }

  private void submit(String session) {
    pipeline.sendTo(session, 2, new Submit(4, TextHash.of("Why?")));
  }

  private List<String> models() {
    return pipeline.answerTasks().stream().map(Task::getModel).toList();
  }
}
