package io.livemind.gateway.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.schemas.avro.ModelUsage;
import java.util.Collection;
import java.util.Optional;

/**
 * Chat completions as existing clients read them.
 *
 * @param id of the completion
 * @param createdSeconds since the epoch
 * @param model as the client named it
 */
public record ChatJson(String id, long createdSeconds, String model) {

  /** The whole answer. */
  public String whole(String text, String finishReason, ModelUsage usage) {
    ObjectNode json = begin("chat.completion");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text).putNull("refusal");
    choice.putNull("logprobs").put("finish_reason", finishReason);
    json.set("usage", usage(usage));
    return json.toString();
  }

  /** The beginning of a stream. */
  public String first() {
    return chunk(Optional.of("assistant"), Optional.of(""), Optional.empty());
  }

  /** The next piece of the answer. */
  public String piece(String text) {
    return chunk(Optional.empty(), Optional.of(text), Optional.empty());
  }

  /** The end of the answer. */
  public String last(String finishReason) {
    return chunk(Optional.empty(), Optional.empty(), Optional.of(finishReason));
  }

  /** The chunk without choices that tells the usage. */
  public String usageChunk(ModelUsage usage) {
    ObjectNode json = begin("chat.completion.chunk");
    json.putArray("choices");
    json.set("usage", usage(usage));
    return json.toString();
  }

  /** The models that a client may ask for. */
  public static String models(Collection<String> names) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("object", "list");
    var data = json.putArray("data");
    for (String name : names)
      data.addObject()
          .put("id", name)
          .put("object", "model")
          .put("created", 0)
          .put("owned_by", "livemind");
    return json.toString();
  }

  private String chunk(
      Optional<String> role, Optional<String> content, Optional<String> finishReason) {
    ObjectNode json = begin("chat.completion.chunk");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    ObjectNode delta = choice.putObject("delta");
    role.ifPresent(known -> delta.put("role", known));
    content.ifPresent(known -> delta.put("content", known));
    choice.putNull("logprobs").put("finish_reason", finishReason.orElse(null));
    return json.toString();
  }

  private ObjectNode begin(String object) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("object", object)
        .put("created", createdSeconds)
        .put("model", model);
  }

  private static ObjectNode usage(ModelUsage usage) {
    int prompt = usage.getPromptTokens().orElse(0);
    int completion = usage.getCompletionTokens().orElse(0);
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("prompt_tokens", prompt)
            .put("completion_tokens", completion)
            .put("total_tokens", prompt + completion);
    json.putObject("prompt_tokens_details").put("cached_tokens", usage.getCachedTokens().orElse(0));
    return json;
  }
}
