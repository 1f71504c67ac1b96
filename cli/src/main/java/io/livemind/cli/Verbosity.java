package io.livemind.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.livemind.cli.config.LogSettings;
import org.slf4j.LoggerFactory;

/** How much is logged. */
public final class Verbosity {
  private Verbosity() {}

  /** Logs what the product does, and what Kafka warns of. */
  static void raise() {
    level("io.livemind", Level.DEBUG);
    level("org.apache.kafka", Level.WARN);
    level("kafka", Level.WARN);
  }

  /** Logs as a role is configured to: our own events at its level. */
  public static void of(LogSettings settings) {
    level("io.livemind", Level.toLevel(settings.level().name()));
    if (settings.format() == LogSettings.Format.JSON) asJson();
  }

  /**
   * Logs what Kafka warns of, from when a role runs: before, the role itself says what is wrong.
   */
  public static void withKafka() {
    level("org.apache.kafka", Level.WARN);
  }

  private static void asJson() {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) return;
    var lines = new ConsoleAppender<ILoggingEvent>();
    lines.setContext(context);
    lines.setName("json");
    lines.setTarget("System.err");
    lines.setEncoder(json(context));
    lines.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(lines);
  }

  /** How an event is written in JSON. */
  static JsonEncoder json(LoggerContext context) {
    var encoder = new JsonEncoder();
    encoder.setWithArguments(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static void level(String logger, Level level) {
    // Another binding than logback is on the class path where somebody embeds this program.
    if (LoggerFactory.getLogger(logger) instanceof Logger known) known.setLevel(level);
  }
}
