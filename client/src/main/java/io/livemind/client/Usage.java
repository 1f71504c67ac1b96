package io.livemind.client;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a model call cost; empty where the backend did not say.
 *
 * @param cachedTokens of the prompt, taken from the backend's prefix cache
 * @param firstTokenMillis from the start of the call to its first token
 * @param totalMillis from the start of the call to its end
 */
public record Usage(
    OptionalInt promptTokens,
    OptionalInt completionTokens,
    OptionalInt cachedTokens,
    OptionalLong firstTokenMillis,
    long totalMillis) {}
