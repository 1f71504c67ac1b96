package io.livemind.schemas;

import java.util.List;

/**
 * One thing that an operator can read off a running part. Each module lists its own in one enum,
 * and the page of metrics is made from these enums.
 *
 * <p>Names begin with {@code livemind.} and the module, in lower case with dots; a tag never holds
 * anything of a session, a user or a prompt.
 */
public interface Metric {

  /** What is done with the values. */
  enum Kind {
    /** Counts up from the start of the process. */
    COUNTER,
    /** Is what it is at the moment. */
    GAUGE,
    /** Durations, with count, sum, maximum and histogram. */
    TIMER,
    /** Amounts, with count, sum, maximum and histogram. */
    SUMMARY
  }

  /**
   * What is to be known of a metric.
   *
   * @param metricName with dots: {@code livemind.worker.places.used}
   * @param unit {@code seconds} for timers; {@code tokens}, {@code bytes}, {@code records} and the
   *     like
   * @param sentence what it tells, as an operator would say it
   * @param tags their keys, all of which are always there
   */
  record Description(
      String metricName, Kind kind, String unit, String sentence, List<String> tags) {
    public Description {
      tags = List.copyOf(tags);
    }
  }

  Description description();

  default String metricName() {
    return description().metricName();
  }

  default Kind kind() {
    return description().kind();
  }

  default String unit() {
    return description().unit();
  }

  default List<String> tags() {
    return description().tags();
  }

  default String sentence() {
    return description().sentence();
  }
}
