package io.livemind.topology.segmentation;

/** What a rule says of a {@link Stop}. */
enum Verdict {
  /** The sentence ends here. */
  ENDS,
  /** It goes on. */
  GOES_ON,
  /** The rule does not speak of this place. */
  PASS
}
