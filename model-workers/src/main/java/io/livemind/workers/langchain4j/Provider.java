package io.livemind.workers.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.model.ModelRequest;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is special to one provider's API: how LangChain4j calls it, and what its raw events say. A
 * further provider is one class, a name in {@link ReplicaConfig#PROVIDERS} and a line in {@link
 * #of}.
 *
 * <p>Threading: stateless.
 */
interface Provider {

  /** The provider of this name. */
  static Provider of(String name) {
    return switch (name) {
      case "openai" -> new OpenAiProvider();
      case "anthropic" -> new AnthropicProvider();
      case "gemini" -> new GeminiProvider();
      default -> throw new IllegalArgumentException("no provider is named " + name);
    };
  }

  /** LangChain4j's model of the replica, on this HTTP client. */
  StreamingChatModel model(ReplicaConfig replica, HttpClientBuilder http);

  /**
   * Parameters of one call, over those of the model.
   *
   * @param maximumTokens upper limit of the reply; empty: the server's own
   */
  default ChatRequestParameters parameters(
      ModelRequest request, Optional<Integer> maximumTokens, ReplicaConfig replica) {
    var parameters = ChatRequestParameters.builder();
    maximumTokens.ifPresent(parameters::maxOutputTokens);
    return parameters.build();
  }

  /**
   * Notes what an event says.
   *
   * @param name the event's name, if the stream names its events
   * @param event its data; a top-level error was looked for before
   */
  void read(@Nullable String name, JsonNode event, StreamFacts facts);

  /** A count, where the server reported one. */
  static OptionalInt count(JsonNode number) {
    return number.isIntegralNumber() ? OptionalInt.of(number.asInt()) : OptionalInt.empty();
  }
}
