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

  /** With dots: {@code livemind.worker.places.used}. */
  String metricName();

  Kind kind();

  /** {@code seconds} for timers; {@code tokens}, {@code bytes}, {@code records} and the like. */
  String unit();

  /** The keys of its tags, all of which are always there. */
  List<String> tags();

  /** What it tells, as an operator would say it. */
  String sentence();
}
