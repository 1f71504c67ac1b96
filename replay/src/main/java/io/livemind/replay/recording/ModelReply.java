package io.livemind.replay.recording;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One reply of a model, as it was recorded.
 *
 * @param recordedText the text, where it was kept
 * @param promptTokens of the call
 * @param completionTokens of the reply; at least 1
 * @param seconds when the reply was there, from the turn's start, where that was kept
 */
public record ModelReply(
    Optional<String> recordedText, int promptTokens, int completionTokens, OptionalDouble seconds) {
  public ModelReply {
    if (promptTokens < 0)
      throw new IllegalArgumentException("prompt tokens must be 0 or more, are " + promptTokens);
    if (completionTokens < 1)
      throw new IllegalArgumentException(
          "completion tokens must be 1 or more, are " + completionTokens);
  }

  /** A reply whose moment was not kept. */
  public ModelReply(Optional<String> recordedText, int promptTokens, int completionTokens) {
    this(recordedText, promptTokens, completionTokens, OptionalDouble.empty());
  }

  /** A reply whose text was kept. */
  public static ModelReply of(String text, int promptTokens, int completionTokens) {
    return new ModelReply(Optional.of(text), promptTokens, completionTokens);
  }

  /** The same reply, which was there at this moment. */
  public ModelReply at(double moment) {
    return new ModelReply(recordedText, promptTokens, completionTokens, OptionalDouble.of(moment));
  }

  /**
   * The text to serve as the reply to a thinking call: the recorded one, or one that is made of
   * about as many tokens.
   *
   * @param step which inference of the turn it is, from 0
   */
  public String inferenceText(int step) {
    return recordedText.orElseGet(() -> MadeInference.of(step, completionTokens));
  }
}
