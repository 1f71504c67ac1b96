package io.livemind.topology.session;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.DraftWhen;
import java.util.regex.Pattern;

/** What a prompt looks like to whoever wonders whether a draft answers it. Pure functions. */
public final class DraftText {
  private static final String FULL_STOPS = ".。।۔";
  private static final String ENDS = FULL_STOPS + "!?…！？؟";
  private static final String CLOSERS = "\"'”’»)]）】」』*_";
  private static final String FENCE = "```";
  private static final Pattern TILDES = Pattern.compile("(?m)^\\s*~~~");

  private DraftText() {}

  /**
   * The text without what makes no difference to its answer: outer white space, and one final full
   * stop outside code. "5!" is not "5", "Map" not "map", and an ellipsis not a full stop.
   */
  public static String essence(String text) {
    String stripped = text.strip();
    int last = stripped.length() - 1;
    boolean stop = last >= 1 && FULL_STOPS.indexOf(stripped.charAt(last)) >= 0;
    if (!stop || FULL_STOPS.indexOf(stripped.charAt(last - 1)) >= 0 || endsInCode(stripped)) {
      return stripped;
    }
    return stripped.substring(0, last).stripTrailing();
  }

  static long essenceHash(String text) {
    return TextHash.of(essence(text));
  }

  /** Whether a pause behind this text is worth a draft. */
  public static boolean looksComplete(String text, DraftWhen when) {
    String stripped = text.strip();
    if (stripped.isEmpty()) return false;
    return switch (when) {
      case ANY -> true;
      case SENTENCE -> endsSentence(stripped);
    };
  }

  private static boolean endsSentence(String stripped) {
    int last = stripped.length() - 1;
    while (last > 0 && CLOSERS.indexOf(stripped.charAt(last)) >= 0) last--;
    return ENDS.indexOf(stripped.charAt(last)) >= 0 && !endsInCode(stripped);
  }

  /** Whether the end lies inside a code block, or inside code within its line. */
  private static boolean endsInCode(String text) {
    boolean block = count(text, FENCE) % 2 == 1 || TILDES.matcher(text).results().count() % 2 == 1;
    String line = text.substring(text.lastIndexOf('\n') + 1);
    return block || count(line.replace(FENCE, ""), "`") % 2 == 1;
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) count++;
    return count;
  }
}
