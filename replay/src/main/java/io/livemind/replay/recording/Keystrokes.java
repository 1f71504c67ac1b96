package io.livemind.replay.recording;

import io.livemind.replay.recording.Recording.Turn;
import io.livemind.replay.recording.TypingEvent.Typed;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording with one event a key (code point) where it has one a word: several times the
 * fragments, as a client without coalescing would send them.
 */
public final class Keystrokes {
  private Keystrokes() {}

  /** The keys of a word are spread evenly over the time since the event before. */
  public static Recording of(Recording recording) {
    return recording.with(recording.turns().stream().map(Keystrokes::of).toList());
  }

  private static Turn of(Turn turn) {
    var keys = new ArrayList<TypingEvent>();
    double before = 0;
    for (TypingEvent event : turn.typing()) {
      if (event instanceof Typed typed) keys.addAll(keys(typed, before));
      else keys.add(event);
      before = event.seconds();
    }
    return turn.typed(keys);
  }

  private static List<Typed> keys(Typed word, double before) {
    int[] characters = word.text().codePoints().toArray();
    double each = (word.seconds() - before) / characters.length;
    var keys = new ArrayList<Typed>();
    for (int i = 0; i < characters.length; i++) {
      double seconds = i == characters.length - 1 ? word.seconds() : before + each * (i + 1);
      keys.add(new Typed(seconds, Character.toString(characters[i])));
    }
    return keys;
  }
}
