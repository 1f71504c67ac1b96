package io.livemind.simulator;

/** What the calls of a recorded session must keep to; a call that breaks one gets status 422. */
public enum RecordedRule {
  /** Turn, step and kind stand in the request's headers, and the recording has the turn. */
  HEADERS("headers"),
  /** Earlier turns are in the messages, with their prompts and answers, in order. */
  HISTORY("history"),
  /**
   * The user text, joined, is the recorded prompt up to where the typing was cut: its not empty
   * beginning in a thinking call, the whole of it in an answer call.
   */
  SEGMENT("segment"),
  /**
   * The assistant messages of a turn are the inferences that were served in it: in an answer call
   * all of them, in a thinking call some.
   */
  MEMORY("memory"),
  /** They stand in the order in which they were served. */
  ORDER("order");

  private final String code;

  RecordedRule(String code) {
    this.code = code;
  }

  /** As it stands in the error's {@code code}. */
  public String code() {
    return code;
  }
}
