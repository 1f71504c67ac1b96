package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.junit.jupiter.api.Test;

/**
 * Names of operators, store and topics are part of what an upgrade finds on a cluster: they change
 * only on purpose.
 */
class GoldenTopologyTest {

  @Test
  void theTopologyIsTheOneThatWasReviewed() throws IOException {
    Golden.check(Golden.FOLDER.resolve("topology.txt"), rendered(topology().describe()));
  }

  @Test
  void itIsOneSubTopologySoThatACrashLeavesNothingBetweenTheStages() {
    assertThat(topology().describe().subtopologies()).hasSize(1);
  }

  private static Topology topology() {
    var config =
        TopologyConfig.defaults(
            "golden", Map.of("bootstrap.servers", "none:1"), Path.of("target", "streams"));
    var progress = new PartitionProgress(_ -> Map.of(), Runnable::run);
    return PipelineTopology.build(
        config,
        new Topics("livemind."),
        ProcessWatch.off(),
        progress,
        1,
        new TopologyMeters(new SimpleMeterRegistry()));
  }

  private static String rendered(TopologyDescription description) {
    return description.subtopologies().stream()
            .flatMap(part -> part.nodes().stream())
            .map(GoldenTopologyTest::rendered)
            .sorted()
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  private static String rendered(Node node) {
    String kind =
        switch (node) {
          case Source source -> "source    " + node.name() + " of " + source.topicSet();
          case Sink sink -> "sink      " + node.name() + " to [" + sink.topic() + "]";
          case Processor processor ->
              "processor " + node.name() + " with stores " + processor.stores();
          default -> throw new IllegalStateException("an unknown kind of node");
        };
    return kind + names(" ← ", node.predecessors()) + names(" → ", node.successors());
  }

  private static String names(String arrow, Collection<Node> nodes) {
    return nodes.isEmpty()
        ? ""
        : arrow + nodes.stream().map(Node::name).sorted().collect(Collectors.joining(", "));
  }
}
