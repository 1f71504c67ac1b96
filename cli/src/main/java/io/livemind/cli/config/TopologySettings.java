package io.livemind.cli.config;

import static io.livemind.cli.config.TopologyKeys.*;

import io.livemind.schemas.Topics;
import io.livemind.topology.StoreConfig;
import io.livemind.topology.TaskLimits;
import io.livemind.topology.TopologyConfig;
import io.livemind.topology.session.SessionTimes;
import io.livemind.topology.typing.TypingLimits;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** From settings to a topology instance's configuration. */
public final class TopologySettings {
  private TopologySettings() {}

  /**
   * The configuration of an instance in a process of its own.
   *
   * @throws ConfigurationException if a value is wrong or missing
   */
  public static TopologyConfig of(Settings settings) {
    return of(settings, UnaryOperator.identity());
  }

  /** The same with a changed connection to Kafka. */
  public static TopologyConfig of(
      Settings settings, UnaryOperator<Map<String, Object>> connection) {
    return settings.checked(
        () ->
            new TopologyConfig(
                settings.get(Keys.APPLICATION_ID),
                connection.apply(KafkaSettings.of(settings)),
                store(settings),
                settings.get(STREAM_THREADS),
                settings.get(COMMIT_INTERVAL),
                settings.get(EXACTLY_ONCE),
                false,
                limits(settings),
                new TaskLimits(
                    settings.get(INFERENCES_PER_TURN),
                    settings.get(HISTORY_LENGTH),
                    settings.get(SYSTEM_LENGTH)),
                times(settings),
                UnaryOperator.identity()));
  }

  /** Whether the topology writes in transactions. */
  public static boolean exactlyOnce(Settings settings) {
    return settings.get(EXACTLY_ONCE);
  }

  private static StoreConfig store(Settings settings) {
    return new StoreConfig(
        settings.get(STORE),
        settings.get(STATE_DIRECTORY),
        settings.get(STANDBY_REPLICAS),
        settings.get(SESSIONS_PER_PARTITION),
        settings.get(SESSION_EXPIRY),
        settings.get(REWRITE_INTERVAL),
        Topics.RETENTION);
  }

  private static TypingLimits limits(Settings settings) {
    return new TypingLimits(
        settings.get(FRAGMENT_LENGTH),
        settings.get(PROMPT_LENGTH),
        settings.get(HELD_FRAGMENTS),
        millis(settings, GAP),
        settings.get(FRAGMENTS_PER_TURN),
        settings.get(TURNS));
  }

  private static SessionTimes times(Settings settings) {
    return new SessionTimes(
        millis(settings, CLAIM_LEASE),
        millis(settings, HEARTBEAT_LEASE),
        settings.get(MAXIMUM_ATTEMPTS),
        millis(settings, STOP),
        millis(settings, FIRST_RETRY),
        millis(settings, LONGEST_RETRY));
  }

  private static int millis(Settings settings, Key<Duration> key) {
    return (int) Math.min(settings.get(key).toMillis(), Integer.MAX_VALUE);
  }
}
