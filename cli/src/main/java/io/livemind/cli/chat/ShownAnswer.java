package io.livemind.cli.chat;

import io.livemind.client.AnswerText;
import io.livemind.client.SessionEvent.OfTurn;
import java.util.function.Consumer;

/**
 * Prints an answer as it comes. What is printed cannot be taken back: where another execution of
 * the answer takes over, or the end corrects what was shown, the answer begins again on a new line.
 *
 * <p>Threading: one thread at a time.
 */
final class ShownAnswer {
  private static final String AGAIN = "\n[once more]\n";

  private final AnswerText answer = new AnswerText();
  private final Consumer<String> out;
  private EscapeFilter filter = new EscapeFilter();
  private String printed = "";

  /**
   * @param out is given harmless text
   */
  ShownAnswer(Consumer<String> out) {
    this.out = out;
  }

  void apply(OfTurn event) {
    if (!answer.apply(event)) return;
    String text = answer.text();
    if (!text.startsWith(printed)) {
      out.accept(AGAIN);
      filter = new EscapeFilter();
      printed = "";
    }
    String harmless = filter.filter(text.substring(printed.length()));
    printed = text;
    if (!harmless.isEmpty()) out.accept(harmless);
  }
}
