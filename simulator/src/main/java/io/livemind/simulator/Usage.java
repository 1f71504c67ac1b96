package io.livemind.simulator;

/** Tokens of a call, as they are reported. */
record Usage(int promptTokens, int cachedTokens, int completionTokens) {
  String json() {
    return "{\"prompt_tokens\":"
        + promptTokens
        + ",\"completion_tokens\":"
        + completionTokens
        + ",\"total_tokens\":"
        + (promptTokens + completionTokens)
        + ",\"prompt_tokens_details\":{\"cached_tokens\":"
        + cachedTokens
        + "}}";
  }
}
