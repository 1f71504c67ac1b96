package io.livemind.topology.session;

import io.livemind.schemas.avro.ModelUsage;
import java.util.Optional;

/**
 * The latest draft answer of a turn. It stays when it came to nothing, so that nobody asks for the
 * same draft twice.
 *
 * @param textHash hash of the {@linkplain DraftText#essence essence} of the text that it answers
 * @param answer what the model answered; empty while the call runs, and when it came to nothing
 */
public record Draft(long textHash, Optional<Answer> answer) {

  /**
   * An answer that is held until the prompt is submitted. Its text lies in the state, and so in the
   * head: the head is written again only with a fragment, and a fragment that changes the text
   * drops the draft.
   */
  public record Answer(int step, int attempt, String execution, String text, ModelUsage usage) {}

  static Draft asked(long textHash) {
    return new Draft(textHash, Optional.empty());
  }

  Draft answered(Answer held) {
    return new Draft(textHash, Optional.of(held));
  }

  Draft dropped() {
    return asked(textHash);
  }
}
