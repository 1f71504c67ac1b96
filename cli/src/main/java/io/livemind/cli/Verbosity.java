package io.livemind.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
final class Verbosity {
  private Verbosity() {}

  /** Logs what the product does, and what Kafka warns of. */
  static void raise() {
    level("io.livemind", Level.DEBUG);
    level("org.apache.kafka", Level.WARN);
    level("kafka", Level.WARN);
  }

  private static void level(String logger, Level level) {
    // Another binding than logback is on the class path where somebody embeds this program.
    if (LoggerFactory.getLogger(logger) instanceof Logger known) known.setLevel(level);
  }
}
