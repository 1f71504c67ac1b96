package io.livemind.workers.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.livemind.workers.ApiKey;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.langchain4j.StreamFacts.Finish;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Anthropic's messages. The system prompt is marked for its prefix cache. */
final class AnthropicProvider implements Provider {
  /** The API demands a limit; a task or the replica's configuration overrides it. */
  private static final int DEFAULT_MAXIMUM_TOKENS = 8192;

  @Override
  public StreamingChatModel model(ReplicaConfig replica, HttpClientBuilder http) {
    var builder =
        AnthropicStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(replica.baseUrl().toString())
            .modelName(replica.modelName())
            .apiKey(replica.key().map(ApiKey::value).orElse("none"))
            .maxTokens(DEFAULT_MAXIMUM_TOKENS)
            .cacheSystemMessages(true);
    var generation = replica.generation();
    generation.temperature().ifPresent(builder::temperature);
    generation.topP().ifPresent(builder::topP);
    if (!generation.extra().isEmpty()) builder.customParameters(generation.extra());
    return builder.build();
  }

  @Override
  public void read(@Nullable String name, JsonNode event, StreamFacts facts) {
    switch (event.path("type").asText("")) {
      case "message_start" -> usage(event.path("message").path("usage"), facts);
      case "content_block_delta" -> facts.token();
      case "message_delta" -> {
        JsonNode reason = event.path("delta").path("stop_reason");
        if (reason.isTextual()) facts.finish(meaning(reason.asText()));
        usage(event.path("usage"), facts);
      }
      case "message_stop" -> facts.done();
      default -> {} // ping, the start and end of a block, and what the API adds later
    }
  }

  /** The API counts cached tokens apart from the others. */
  private static void usage(JsonNode usage, StreamFacts facts) {
    OptionalInt input = Provider.count(usage.path("input_tokens"));
    int read = usage.path("cache_read_input_tokens").asInt(0);
    int written = usage.path("cache_creation_input_tokens").asInt(0);
    facts.tokens(
        input.isPresent() ? OptionalInt.of(input.getAsInt() + read + written) : input,
        Provider.count(usage.path("output_tokens")),
        Provider.count(usage.path("cache_read_input_tokens")));
  }

  private static Finish meaning(String reason) {
    return switch (reason) {
      case "end_turn", "stop_sequence" -> Finish.GOOD;
      case "max_tokens", "model_context_window_exceeded" -> Finish.LENGTH;
      case "refusal" -> Finish.REFUSED;
      default -> Finish.OTHER;
    };
  }
}
