package io.livemind.simulator;

/**
 * One recorded output of a model and how long it took.
 *
 * @param text as the model sent it; it is served byte for byte
 * @param promptTokens of the call, as recorded; the prefix cache is not applied to them
 * @param completionTokens of the reply, at least 1
 * @param latency gives the time from these tokens
 */
public record RecordedReply(
    String text, int promptTokens, int completionTokens, LatencyModel latency) {
  public RecordedReply {
    if (promptTokens < 0)
      throw new IllegalArgumentException("promptTokens must be 0 or more, is " + promptTokens);
    if (completionTokens < 1)
      throw new IllegalArgumentException(
          "completionTokens must be 1 or more, is " + completionTokens);
  }
}
