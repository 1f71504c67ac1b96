package io.livemind.simulator;

/**
 * Tokens of a call, as they are reported.
 *
 * @param promptTokens the cached ones among them
 */
record Usage(int promptTokens, int cachedTokens, int completionTokens) {
  int totalTokens() {
    return promptTokens + completionTokens;
  }
}
