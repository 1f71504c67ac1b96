package io.livemind.integration;

import io.livemind.schemas.Topics;
import io.livemind.topology.TopologyApp;
import io.livemind.topology.TopologyConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A topology instance in a process of its own: starts when a line comes on standard input; says
 * {@code ready} when it runs; runs until it is killed, or reaches the {@link CutPoint} that it is
 * given.
 */
final class TopologyMain {
  private TopologyMain() {}

  /** Arguments: brokers, state folder, whether exactly once, cut point or {@code -}. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (System.in.read() < 0) return;
    Map<String, Object> kafka = new HashMap<>();
    kafka.put("bootstrap.servers", arguments[0]);
    if (!arguments[3].equals("-")) {
      System.setProperty(CutPoint.PROPERTY, arguments[3]);
      kafka.put("producer.interceptor.classes", CutPoint.class.getName());
    }
    var config = TopologyConfig.defaults(TestPipeline.APPLICATION, kafka, Path.of(arguments[1]));
    config = config.storing(store -> store.withStandbyReplicas(1));
    if (Boolean.parseBoolean(arguments[2])) config = config.withExactlyOnce();
    try (var _ = TopologyApp.start(config, new Topics(Topics.DEFAULT_PREFIX))) {
      System.out.println("ready");
      Thread.sleep(Duration.ofHours(1));
    }
  }
}
