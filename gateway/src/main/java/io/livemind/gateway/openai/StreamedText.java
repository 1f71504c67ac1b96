package io.livemind.gateway.openai;

import io.livemind.schemas.AnswerFold.Appended;
import io.livemind.schemas.AnswerFold.Change;
import io.livemind.schemas.AnswerFold.Ended;
import io.livemind.schemas.AnswerFold.Replaced;
import io.livemind.schemas.AnswerFold.Unchanged;

/**
 * What a client that cannot take text back has been sent of an answer that may be corrected. As
 * long as the shown text continues what was sent, it is sent; a correction that does not holds back
 * until it does.
 *
 * <p>Threading: one thread at a time.
 */
public final class StreamedText {
  private final StringBuilder sent = new StringBuilder();
  private boolean inStep = true;

  /**
   * The piece to send now; empty if there is none.
   *
   * @param shown the whole text as it is shown after the change
   */
  public String after(Change change, String shown) {
    return switch (change) {
      case Unchanged _ -> "";
      case Appended appended when inStep -> send(appended.text());
      case Ended ended when inStep && !ended.replaced() -> "";
      case Appended _, Ended _, Replaced _ -> rest(shown);
    };
  }

  /** Whether the client has exactly this text. */
  public boolean matches(String text) {
    return text.contentEquals(sent);
  }

  /** Whether nothing was sent. */
  public boolean isEmpty() {
    return sent.isEmpty();
  }

  private String rest(String shown) {
    inStep = shown.length() >= sent.length() && shown.startsWith(sent.toString());
    return inStep ? send(shown.substring(sent.length())) : "";
  }

  private String send(String piece) {
    sent.append(piece);
    return piece;
  }
}
