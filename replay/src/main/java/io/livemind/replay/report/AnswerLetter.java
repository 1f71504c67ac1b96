package io.livemind.replay.report;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The option that an answer to a multiple-choice question chose, read as the LiveMind experiments
 * read it: the first "answer is (X)", with or without brackets.
 */
public final class AnswerLetter {
  /** What an answer must be told to end with, so that it can be read. */
  public static final String FORMAT =
      "End with the sentence \"The answer is (X).\", where X is the letter of the right option.";

  private static final Pattern PATTERN = Pattern.compile("answer is \\(?([A-J])\\)?");

  private AnswerLetter() {}

  /** Empty where the answer does not say it in that form. */
  public static Optional<String> of(String answer) {
    Matcher matcher = PATTERN.matcher(answer);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
