package io.livemind.cli.config;

import io.livemind.cli.embedded.TopicLayout;
import io.livemind.schemas.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** From settings to the connection to Kafka, and to the topics. */
public final class KafkaSettings {
  static final String BOOTSTRAP = "bootstrap.servers";

  private static final String ABOVE = "kafka";
  private static final Set<String> KNOWN = known();

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
    return Collections.unmodifiableMap(new TreeMap<>(given));
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
