package io.livemind.integration.chaos.check;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words as chaos clients type them: session, turn and fragment in one, so that each is unique. */
public final class TypedWords {
  private static final Pattern WORD = Pattern.compile("c\\d+t\\d+n\\d+");

  private TypedWords() {}

  /** The clients' words in a text, in their order. */
  public static Stream<String> in(String text) {
    return WORD.matcher(text).results().map(MatchResult::group);
  }
}
