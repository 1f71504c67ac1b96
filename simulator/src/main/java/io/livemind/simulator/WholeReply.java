package io.livemind.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.simulator.Fault.Effect;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reply that was not asked for as a stream: one JSON object. */
record WholeReply(ChatCall call, String text, long createdSeconds, Usage usage) {

  HttpResponse response(@Nullable String finishReason) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("id", "chatcmpl-simulated-" + call.number());
    root.put("object", "chat.completion");
    root.put("created", createdSeconds);
    root.put("model", call.model());
    ObjectNode choice = root.putArray("choices").addObject();
    choice.put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", finishReason);
    ObjectNode tokens = root.putObject("usage");
    tokens.put("prompt_tokens", usage.promptTokens());
    tokens.put("completion_tokens", usage.completionTokens());
    tokens.put("total_tokens", usage.promptTokens() + usage.completionTokens());
    tokens.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
    return HttpResponse.json(root.toString());
  }

  /**
   * The body of a call with a fault; the faults of streams that have no meaning here leave it
   * whole.
   *
   * @param finishReason that it would have without the fault
   */
  HttpResponse faulty(Effect effect, String finishReason) {
    return switch (effect) {
      case ERROR_EVENT ->
          HttpResponse.json(ApiError.of(500, "The engine failed (a simulated fault).").json());
      case ABORT -> response("abort");
      case NO_REASON -> response(null);
      case MALFORMED, CLEAN_END -> {
        byte[] body = response(finishReason).body();
        byte[] half = Arrays.copyOf(body, body.length / 2);
        yield new HttpResponse(200, HttpResponse.JSON, Map.of(), half);
      }
      default -> response(finishReason);
    };
  }

  /** Whether only the first half of the body is sent, and the connection then ends. */
  boolean breaksConnection(Effect effect) {
    return switch (effect) {
      case RESET, CLOSE, STALL, COMMENTS -> true;
      default -> false;
    };
  }
}
