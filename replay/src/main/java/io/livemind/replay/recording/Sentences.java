package io.livemind.replay.recording;

import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording with one event a sentence where it has one a word: for load that is about models, and
 * not about typing.
 */
public final class Sentences {
  private Sentences() {}

  /** What was typed up to the end of a sentence comes at the moment of its last word. */
  public static Recording of(Recording recording) {
    return recording.with(recording.turns().stream().map(Sentences::of).toList());
  }

  /** How many sentences a prompt has, about; at least 1. */
  public static int count(Turn turn) {
    long typed = of(turn).typing().stream().filter(event -> event instanceof Typed).count();
    return (int) Math.max(1, typed);
  }

  private static Turn of(Turn turn) {
    List<TypingEvent> events = new ArrayList<>();
    var sentence = new StringBuilder();
    double seconds = 0;
    for (TypingEvent event : turn.typing()) {
      if (event instanceof Typed typed) {
        sentence.append(typed.text());
        seconds = typed.seconds();
        if (!ends(typed.text())) continue;
      }
      if (!sentence.isEmpty()) events.add(new Typed(seconds, sentence.toString()));
      sentence.setLength(0);
      if (!(event instanceof Typed)) events.add(event);
    }
    return turn.typed(events);
  }

  private static boolean ends(String word) {
    String bare = word.stripTrailing();
    return !bare.isEmpty() && ".?!".indexOf(bare.charAt(bare.length() - 1)) >= 0;
  }
}
