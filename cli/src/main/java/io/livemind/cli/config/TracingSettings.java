package io.livemind.cli.config;

import java.net.URI;
import java.util.Optional;

/**
 * Where the traces of turns go.
 *
 * @param endpoint of an OTLP collector; empty: nobody traces
 * @param ratio of the turns that are traced, 0 to 1
 */
public record TracingSettings(Optional<URI> endpoint, double ratio) {
  public TracingSettings {
    if (!(ratio >= 0 && ratio <= 1))
      throw new IllegalArgumentException(
          "tracing.ratio must be from 0 to 1, but is "
              + ratio
              + ": 1 traces every turn, 0.01 one of a hundred");
  }

  /** As configured. */
  public static TracingSettings of(Settings settings) {
    return settings.checked(
        () ->
            new TracingSettings(
                settings.find(Keys.TRACING_ENDPOINT), settings.get(Keys.TRACING_RATIO)));
  }
}
