package io.livemind.cli.config;

import io.livemind.cli.embedded.TopicLayout;
import io.livemind.schemas.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** From settings to the connection to Kafka, and to the topics. */
public final class KafkaSettings {
  static final String BOOTSTRAP = "bootstrap.servers";

  private static final String ABOVE = "kafka";
  private static final Set<String> KNOWN = known();

  /**
   * A machine that is gone refuses no connection. By Kafka's default a client waits ten seconds for
   * it, longer each time, while other brokers lead its partitions already.
   */
  private static final Map<String, String> QUICK_FAIL_OVER =
      Map.of(
          CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, "2000",
          CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, "8000");

  private KafkaSettings() {}

  /**
   * Settings for every client.
   *
   * @throws ConfigurationException if the brokers are not named, or a name is none of Kafka's
   */
  public static Map<String, Object> of(Settings settings) {
    Map<String, String> given = settings.under(ABOVE);
    if (!given.containsKey(BOOTSTRAP))
      throw settings.missing(ABOVE + "." + BOOTSTRAP, "the brokers to connect to, as HOST:PORT");
    for (String name : given.keySet())
      if (!KNOWN.contains(name))
        throw new ConfigurationException(
            Key.PREFIX
                + ABOVE
                + "."
                + name
                + settings.where(ABOVE + "." + name)
                + " is no setting of Kafka's clients: see"
                + " https://kafka.apache.org/documentation/#configuration for their names");
    Map<String, Object> all = new TreeMap<>(QUICK_FAIL_OVER);
    all.putAll(given);
    return Collections.unmodifiableMap(all);
  }

  /** How long a role waits for the brokers when it starts. */
  public static Duration startWait(Settings settings) {
    return settings.get(Keys.START_WAIT);
  }

  /** Names the deployment in Kafka. */
  public static String applicationId(Settings settings) {
    return settings.get(Keys.APPLICATION_ID);
  }

  /** The topics of the deployment. */
  public static Topics topics(Settings settings) {
    return new Topics(settings.get(Keys.PREFIX));
  }

  /** Partitions and copies of the topics. */
  public static TopicLayout layout(Settings settings) {
    return settings.checked(
        () ->
            new TopicLayout(
                settings.get(Keys.SESSIONS),
                TopicLayout.TASKS,
                settings.get(Keys.ADDRESSED),
                settings.get(Keys.REPLICATION).shortValue()));
  }

  private static Set<String> known() {
    var names = new HashSet<String>();
    names.addAll(AdminClientConfig.configNames());
    names.addAll(ConsumerConfig.configNames());
    names.addAll(ProducerConfig.configNames());
    return names;
  }
}
