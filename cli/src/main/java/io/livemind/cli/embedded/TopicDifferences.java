package io.livemind.cli.embedded;

import io.livemind.schemas.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a topic that is there is not as the catalogue asks.
 *
 * <p>A retention that somebody gave to the topic itself is a decision, and stays. One that the
 * brokers give to every topic is none.
 *
 * @param altered what to set on the topic, by Kafka's name
 * @param told a line each for people: what is altered, what stays, what only they can mend
 */
record TopicDifferences(Map<String, String> altered, List<String> told) {
  private static final String RETENTION = "retention.ms";

  /** What the program relies on in a topic with so many copies. */
  static Map<String, String> wanted(Topic<?, ?> topic, int copies) {
    Map<String, String> wanted = new HashMap<>(topic.config());
    wanted.put(Topic.LEAST_IN_SYNC, Integer.toString(Topic.leastInSync(copies)));
    return wanted;
  }

  /**
   * Compares.
   *
   * @param found the topic's settings, with those that it has by default
   * @param copies of the partition that has the fewest
   * @param wantedCopies the layout's
   * @param by the key that asks for so many copies, and its place
   */
  static TopicDifferences of(
      Topic<?, ?> topic, Config found, int copies, int wantedCopies, String by) {
    Map<String, String> altered = new TreeMap<>();
    List<String> told = new ArrayList<>();
    // By the copies that are there: a broker must not ask for more than exist.
    new TreeMap<>(wanted(topic, copies))
        .forEach(
            (key, wanted) -> {
              ConfigEntry entry = found.get(key);
              String value = entry == null ? null : entry.value();
              if (wanted.equals(value) || isStricter(key, value, wanted, copies)) return;
              if (key.equals(RETENTION) && entry != null && isDecision(entry)) {
                told.add(kept(topic, String.valueOf(value), wanted));
              } else {
                altered.put(key, wanted);
                told.add(topic.name() + " had " + key + "=" + value + ", and gets " + wanted);
              }
            });
    if (copies < wantedCopies) told.add(tooFew(topic, copies, wantedCopies, by));
    return new TopicDifferences(altered, told);
  }

  /** More copies in sync than the program needs, and no more than there are. */
  private static boolean isStricter(String key, @Nullable String value, String wanted, int copies) {
    if (!key.equals(Topic.LEAST_IN_SYNC) || value == null) return false;
    int inSync = Integer.parseInt(value);
    return inSync > Integer.parseInt(wanted) && inSync <= copies;
  }

  private static boolean isDecision(ConfigEntry entry) {
    return entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG;
  }

  private static String kept(Topic<?, ?> topic, String millis, String wanted) {
    long kept = Long.parseLong(millis);
    boolean longer = kept < 0 || kept > Long.parseLong(wanted);
    return topic.name()
        + " keeps what it holds for "
        + RETENTION
        + "="
        + kept
        + (longer ? ", longer" : ", shorter")
        + " than the "
        + wanted
        + " of this program";
  }

  private static String tooFew(Topic<?, ?> topic, int copies, int wanted, String by) {
    return topic.name()
        + " has "
        + copies
        + (copies == 1 ? " copy" : " copies")
        + ", but "
        + wanted
        + " are wanted by "
        + by
        + ": give it more with kafka-reassign-partitions.sh and run `livemind topics` again, or"
        + " configure "
        + copies;
  }
}
