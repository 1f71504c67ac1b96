package io.livemind.cli.config;

/**
 * How a role logs.
 *
 * @param format of a line
 * @param level of our own events; libraries log warnings only
 */
public record LogSettings(Format format, Level level) {
  /** How a line is written. */
  public enum Format {
    TEXT,
    JSON
  }

  /** How much is logged. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /** As configured. */
  public static LogSettings of(Settings settings) {
    return new LogSettings(settings.get(Keys.LOG_FORMAT), settings.get(Keys.LOG_LEVEL));
  }
}
