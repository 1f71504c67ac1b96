package io.livemind.cli.config;

import java.util.Optional;

/**
 * Where a role tells its health and its metrics.
 *
 * @param host address to listen on
 * @param port to listen on; 0 takes any free one; empty: nowhere
 */
public record AdminSettings(String host, Optional<Integer> port) {
  /** As configured. */
  public static AdminSettings of(Settings settings) {
    return new AdminSettings(settings.get(Keys.ADMIN_HOST), settings.find(Keys.ADMIN_PORT));
  }
}
