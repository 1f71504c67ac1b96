package io.livemind.replay;

import java.util.List;

/** An arm that nobody defined; the message lists those that are. */
public final class UnknownArmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;

  /**
   * @param name that was asked for
   * @param known the names that would have been understood
   */
  public UnknownArmException(String name, List<String> known) {
    super("unknown arm \"" + name + "\": the known ones are " + String.join(", ", known));
    this.name = name;
  }

  /** That was asked for. */
  public String name() {
    return name;
  }
}
