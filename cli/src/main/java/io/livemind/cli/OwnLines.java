package io.livemind.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.livemind.cli.config.LogSettings;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What a command tells of itself on standard error: a plain sentence a line, or, where its log is
 * JSON, an event of the log's shape, so that a reader of that stream finds objects only. No level
 * of the log silences it.
 *
 * <p>Threading: the command's thread.
 */
public final class OwnLines {
  private static final String LOGGER = Livemind.class.getName();

  private final PrintStream err;
  private @Nullable JsonEncoder json;

  OwnLines(PrintStream err) {
    this.err = err;
  }

  /** Tells what follows in this format; before, and where the log is not ours, in plain text. */
  public void in(LogSettings.Format format) {
    json =
        switch (format) {
          case TEXT -> null;
          case JSON ->
              LoggerFactory.getILoggerFactory() instanceof LoggerContext log
                  ? Verbosity.json(log)
                  : null;
        };
  }

  /** How it goes. */
  public void say(String sentence) {
    if (json == null) err.println(sentence);
    else event(json, Level.INFO, sentence, null);
  }

  /**
   * Why it ended.
   *
   * @param trace whose stack trace is told too, if any
   */
  void failed(String sentence, @Nullable Throwable trace) {
    if (json != null) {
      event(json, Level.ERROR, sentence, trace);
      return;
    }
    err.println(sentence);
    if (trace != null) trace.printStackTrace(err);
  }

  private void event(JsonEncoder encoder, Level level, String sentence, @Nullable Throwable trace) {
    var log = (LoggerContext) encoder.getContext();
    var event =
        new LoggingEvent(LOGGER, log.getLogger(LOGGER), level, sentence, trace, new Object[0]);
    err.writeBytes(encoder.encode(event));
    err.flush();
  }
}
