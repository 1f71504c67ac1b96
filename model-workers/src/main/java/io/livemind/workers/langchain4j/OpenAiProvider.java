package io.livemind.workers.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.langchain4j.StreamFacts.Finish;
import io.livemind.workers.model.ModelRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions, as vLLM, SGLang, llama.cpp, Ollama and many others serve them too. */
final class OpenAiProvider implements Provider {

  @Override
  public StreamingChatModel model(ReplicaConfig replica, HttpClientBuilder http) {
    var builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(replica.baseUrl().toString())
            .modelName(replica.modelName());
    replica.key().ifPresent(key -> builder.apiKey(key.value()));
    var generation = replica.generation();
    generation.temperature().ifPresent(builder::temperature);
    generation.topP().ifPresent(builder::topP);
    generation.seed().ifPresent(builder::seed);
    return builder.build();
  }

  /** OpenAI itself no longer takes {@code max_tokens}; the compatible servers know nothing else. */
  @Override
  public ChatRequestParameters parameters(
      ModelRequest request, Optional<Integer> maximumTokens, ReplicaConfig replica) {
    var parameters = OpenAiChatRequestParameters.builder();
    boolean openAi = "api.openai.com".equals(replica.baseUrl().getHost());
    maximumTokens.ifPresent(openAi ? parameters::maxCompletionTokens : parameters::maxOutputTokens);
    Map<String, Object> extra = replica.generation().extraFor(request.owner());
    if (!extra.isEmpty()) parameters.customParameters(extra);
    return parameters.build();
  }

  @Override
  public void read(@Nullable String name, JsonNode event, StreamFacts facts) {
    JsonNode choice = event.path("choices").path(0);
    JsonNode delta = choice.path("delta");
    if (filled(delta, "content")
        || filled(delta, "reasoning_content")
        || filled(delta, "reasoning")
        || delta.path("tool_calls").size() > 0) {
      facts.token();
    }
    if (filled(delta, "refusal")) {
      facts.token();
      facts.finish(Finish.REFUSED);
    }
    String reason = choice.path("finish_reason").asText("");
    if (!choice.path("finish_reason").isNull() && !reason.isEmpty()) facts.finish(meaning(reason));
    JsonNode usage = event.path("usage");
    facts.tokens(
        Provider.count(usage.path("prompt_tokens")),
        Provider.count(usage.path("completion_tokens")),
        Provider.count(usage.path("prompt_tokens_details").path("cached_tokens")));
  }

  private static Finish meaning(String reason) {
    return switch (reason) {
      case "stop" -> Finish.GOOD;
      case "length" -> Finish.LENGTH;
      case "content_filter" -> Finish.REFUSED;
      default -> Finish.OTHER;
    };
  }

  private static boolean filled(JsonNode delta, String field) {
    return !delta.path(field).isNull() && !delta.path(field).asText("").isEmpty();
  }
}
