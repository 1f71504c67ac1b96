package io.livemind.cli.embedded;

/** A topic is there already, with another number of partitions than is wanted. */
public final class TopicMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int found;
  private final int wanted;

  /**
   * A topic whose count of partitions is not the configured one.
   *
   * @param by the key that asks for it, and its place; empty where the program does
   */
  public TopicMismatchException(String topic, int found, int wanted, String by) {
    super(
        "topic "
            + topic
            + " has "
            + found
            + " partitions, but "
            + wanted
            + " are wanted"
            + (by.isEmpty() ? "" : " by " + by)
            + ": the count is fixed for the life of a prefix, so configure "
            + found
            + ", or take another topic prefix (livemind.topics.prefix)");
    this.topic = topic;
    this.found = found;
    this.wanted = wanted;
  }

  public String topic() {
    return topic;
  }

  /** Partitions that it has. */
  public int found() {
    return found;
  }

  /** Partitions that the layout asks for. */
  public int wanted() {
    return wanted;
  }
}
