package io.livemind.cli.view;

import io.livemind.cli.view.Card.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * A card as lines: title and prompt, the latest inference, a line an arm.
 *
 * @param columns width of the terminal; no line is wider
 * @param colours whether they are wanted
 */
record CardLines(int columns, boolean colours) {
  private static final String INDENT = "  ";
  private static final int LONGEST_TITLE = 30;
  private static final int ARM_CELLS = 14;
  private static final int STATE_CELLS = 17;

  List<String> of(Card card) {
    var lines = new ArrayList<String>();
    String title = Cells.head(card.title() + " (" + card.language() + ")", LONGEST_TITLE) + " ";
    int room = columns - Cells.width(title) - 1;
    lines.add(Style.TITLE.of(title, colours) + Cells.tail(Cells.plain(card.prompt()), room));
    lines.add(thought(card));
    card.answers().forEach((arm, answer) -> lines.add(line(arm, answer)));
    return lines;
  }

  private String thought(Card card) {
    String text = Cells.plain(card.inference());
    return INDENT + Style.THOUGHT.of(Cells.head(text, columns - INDENT.length() - 1), colours);
  }

  private String line(String arm, Answer answer) {
    String name = Cells.padded(Cells.head(arm, ARM_CELLS), ARM_CELLS + 1);
    String state = Cells.padded(Cells.head(answer.state(), STATE_CELLS), STATE_CELLS + 1);
    int room = columns - INDENT.length() - ARM_CELLS - STATE_CELLS - 3;
    return INDENT
        + Style.FAINT.of(name, colours)
        + state
        + Style.ANSWER.of(Cells.tail(Cells.plain(answer.text()), Math.max(1, room)), colours);
  }
}
