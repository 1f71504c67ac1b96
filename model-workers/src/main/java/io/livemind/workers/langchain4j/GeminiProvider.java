package io.livemind.workers.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import io.livemind.workers.ApiKey;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.langchain4j.StreamFacts.Finish;
import org.jspecify.annotations.Nullable;

/** Google's Gemini API. Its stream has no last event: a body that ends after a finish is whole. */
final class GeminiProvider implements Provider {

  @Override
  public StreamingChatModel model(ReplicaConfig replica, HttpClientBuilder http) {
    var builder =
        GoogleAiGeminiStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(replica.baseUrl().toString())
            .modelName(replica.modelName())
            .apiKey(replica.key().map(ApiKey::value).orElse("none"))
            // Left out, thoughts would be handed over as text of the reply.
            .returnThinking(false);
    var generation = replica.generation();
    generation.temperature().ifPresent(builder::temperature);
    generation.topP().ifPresent(builder::topP);
    generation.seed().ifPresent(builder::seed);
    return builder.build();
  }

  @Override
  public void read(@Nullable String name, JsonNode event, StreamFacts facts) {
    if (event.path("promptFeedback").has("blockReason")) facts.finish(Finish.REFUSED);
    JsonNode candidate = event.path("candidates").path(0);
    if (candidate.path("content").path("parts").size() > 0) facts.token();
    JsonNode reason = candidate.path("finishReason");
    if (reason.isTextual()) facts.finish(meaning(reason.asText()));
    JsonNode usage = event.path("usageMetadata");
    facts.tokens(
        Provider.count(usage.path("promptTokenCount")),
        Provider.count(usage.path("candidatesTokenCount")),
        Provider.count(usage.path("cachedContentTokenCount")));
  }

  private static Finish meaning(String reason) {
    return switch (reason) {
      case "STOP" -> Finish.GOOD;
      case "MAX_TOKENS" -> Finish.LENGTH;
      case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" -> Finish.REFUSED;
      default -> Finish.OTHER;
    };
  }
}
