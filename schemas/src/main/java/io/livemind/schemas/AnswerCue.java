package io.livemind.schemas;

import java.util.Optional;

/**
 * The tail of the call that answers: a short last line that tells the model that the prompt is
 * complete. It stands at the end of the call's last user message, and whoever must tell it from the
 * user's own text (a checking model server) does so here.
 */
public final class AnswerCue {
  private static final String OPENING = "\n\n[The prompt is complete. Answer it now.";
  private static final String CLOSING = "]";

  private AnswerCue() {}

  /** The cue with the wanted form of the answer, if a form is wanted. */
  public static String text(Optional<String> answerFormat) {
    return OPENING + answerFormat.map(format -> " " + format).orElse("") + CLOSING;
  }

  /**
   * What the user wrote in this message: everything before the cue, or all of it if there is none.
   */
  public static String strip(String userMessage) {
    if (!userMessage.endsWith(CLOSING)) return userMessage;
    int cue = userMessage.lastIndexOf(OPENING);
    return cue < 0 ? userMessage : userMessage.substring(0, cue);
  }

  /** Whether a user message ends in the cue, so that the call wants an answer and no thinking. */
  public static boolean endsIn(String userMessage) {
    return strip(userMessage).length() < userMessage.length();
  }
}
