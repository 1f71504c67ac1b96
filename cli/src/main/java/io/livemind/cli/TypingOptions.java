package io.livemind.cli;

import io.livemind.replay.importing.TypingModel;
import picocli.CommandLine.Option;

/** Options of the person at the keyboard. */
final class TypingOptions {
  @Option(
      names = "--characters-per-minute",
      paramLabel = "N",
      defaultValue = "240",
      description = "While typing, without the pauses. Default: 240.")
  private double charactersPerMinute;

  @Option(
      names = "--clause-pause",
      paramLabel = "SECONDS",
      defaultValue = "0.4",
      description =
          "Mean pause behind a comma; twice as long behind the end of a sentence. Default: 0.4.")
  private double clausePauseSeconds;

  @Option(
      names = "--typos",
      paramLabel = "SHARE",
      defaultValue = "0.03",
      description = "Of the words, mistyped and mended at once. Default: 0.03.")
  private double typoShare;

  @Option(
      names = "--paste",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Of the prompts, pasted instead of typed. Default: 0.")
  private double pasteShare;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all that is drawn. Default: 1.")
  private long seed;

  /**
   * The typist.
   *
   * @throws IllegalArgumentException if a figure is not possible
   */
  TypingModel model() {
    return new TypingModel(charactersPerMinute, clausePauseSeconds, typoShare, pasteShare, seed);
  }
}
