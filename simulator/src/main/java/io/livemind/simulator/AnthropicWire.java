package io.livemind.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Anthropic's messages: {@code POST /v1/messages}. Its events have names; the prompt's tokens come
 * at the start of a stream, cached ones counted apart from the others.
 */
record AnthropicWire() implements WireProfile {
  static final String PATH = "/v1/messages";
  private static final String KEY = "x-api-key";
  private static final String VERSION = "anthropic-version";

  @Override
  public boolean serves(String path) {
    return path.equals(PATH);
  }

  @Override
  public ChatCall read(long number, HttpRequest request) throws RefusedException {
    if (request.header(KEY).isEmpty())
      throw new RefusedException(ApiError.of(401, KEY + " header is required"));
    if (request.header(VERSION).isEmpty())
      throw ChatCallReader.refused(VERSION + ": header is required");
    JsonNode body = ChatCallReader.body(request);
    OptionalInt limit = ChatCallReader.limit(body.path("max_tokens"), "max_tokens");
    if (limit.isEmpty()) throw ChatCallReader.refused("max_tokens: Field required");
    if (!body.path("model").isTextual()) throw ChatCallReader.refused("model: Field required");
    return ChatCallReader.call(
        this,
        number,
        request,
        body.path("model").textValue(),
        messages(body),
        body.path("stream").asBoolean(false),
        true,
        limit,
        0);
  }

  private static List<ChatMessage> messages(JsonNode body) throws RefusedException {
    JsonNode field = body.path("messages");
    if (!field.isArray() || field.isEmpty())
      throw ChatCallReader.refused("messages: at least one message is required");
    var messages = new ArrayList<ChatMessage>();
    if (body.hasNonNull("system"))
      messages.add(
          new ChatMessage(
              ChatMessage.Role.SYSTEM, ChatCallReader.text(body.path("system"), "system")));
    for (JsonNode message : field)
      messages.add(
          new ChatMessage(
              role(message), ChatCallReader.text(message.path("content"), "messages.content")));
    return List.copyOf(messages);
  }

  private static ChatMessage.Role role(JsonNode message) throws RefusedException {
    return switch (message.path("role").asText("")) {
      case "user" -> ChatMessage.Role.USER;
      case "assistant" -> ChatMessage.Role.ASSISTANT;
      default -> throw ChatCallReader.refused("messages.role: Input should be user or assistant");
    };
  }

  private static String reason(Finish why) {
    return switch (why) {
      case STOP -> "end_turn";
      case LENGTH -> "max_tokens";
      case REFUSED -> "refusal";
      case ABORT -> "pause_turn";
    };
  }

  @Override
  public ApiError inOwnWords(Fault fault, ApiError openAis) {
    return switch (fault) {
      case CONTEXT_TOO_LONG ->
          openAis.withMessage("prompt is too long: 9001 tokens > 8192 maximum");
      case UNAUTHORISED -> openAis.withMessage("invalid " + KEY);
      case OUT_OF_CREDIT ->
          ApiError.badRequest("Your credit balance is too low to access the Anthropic API.");
      default -> openAis;
    };
  }

  @Override
  public HttpResponse error(ApiError error) {
    return new HttpResponse(
        error.status(),
        HttpResponse.JSON,
        error.headers(),
        json(error).getBytes(StandardCharsets.UTF_8));
  }

  private static String json(ApiError error) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("type", "error");
    root.putObject("error").put("type", type(error.status())).put("message", error.message());
    return root.toString();
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 529 -> "overloaded_error";
      default -> status < 500 ? "invalid_request_error" : "api_error";
    };
  }

  @Override
  public String whole(WholeReply reply, Optional<Finish> why) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("id", "msg_simulated_" + reply.call().number());
    root.put("type", "message").put("role", "assistant").put("model", reply.call().model());
    root.putArray("content").addObject().put("type", "text").put("text", reply.text());
    root.put("stop_reason", why.map(AnthropicWire::reason).orElse(null));
    root.putNull("stop_sequence");
    Usage usage = reply.usage();
    ObjectNode tokens = root.putObject("usage");
    tokens.put("input_tokens", usage.promptTokens() - usage.cachedTokens());
    tokens.put("cache_creation_input_tokens", 0);
    tokens.put("cache_read_input_tokens", usage.cachedTokens());
    tokens.put("output_tokens", usage.completionTokens());
    return root.toString();
  }

  @Override
  public StreamEvents events(ChatCall call, long createdSeconds, Usage usage) {
    return new Events(call, usage);
  }

  private record Events(ChatCall call, Usage usage) implements StreamEvents {
    private static final byte[] CONTENT_START =
        JsonBytes.utf8(
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                + "\"delta\":{\"type\":\"text_delta\",\"text\":\"");
    private static final byte[] CONTENT_END = JsonBytes.utf8("\"}}\n\n");

    @Override
    public void open(JsonBytes buffer) {
      event(
          buffer,
          "message_start",
          ",\"message\":{\"id\":\"msg_simulated_"
              + call.number()
              + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
              + JsonBytes.quoted(call.model())
              + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
              + "\"usage\":{\"input_tokens\":"
              + (usage.promptTokens() - usage.cachedTokens())
              + ",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":"
              + usage.cachedTokens()
              + ",\"output_tokens\":1}}");
      event(
          buffer,
          "content_block_start",
          ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
      event(buffer, "ping", "");
    }

    @Override
    public void content(JsonBytes buffer, String text, int from, int to) {
      buffer.append(CONTENT_START);
      buffer.appendEscaped(text, from, to);
      buffer.append(CONTENT_END);
    }

    @Override
    public void finish(JsonBytes buffer, Finish why) {
      event(buffer, "content_block_stop", ",\"index\":0");
      event(
          buffer,
          "message_delta",
          ",\"delta\":{\"stop_reason\":\""
              + reason(why)
              + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":"
              + usage.completionTokens()
              + "}");
    }

    @Override
    public void done(JsonBytes buffer) {
      event(buffer, "message_stop", "");
    }

    @Override
    public void error(JsonBytes buffer, ApiError error) {
      buffer.append("event: error\ndata: " + json(error) + "\n\n");
    }

    @Override
    public void malformed(JsonBytes buffer) {
      buffer.append(
          "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\n\n");
    }

    private static void event(JsonBytes buffer, String type, String fields) {
      buffer.append("event: " + type + "\ndata: {\"type\":\"" + type + "\"" + fields + "}\n\n");
    }
  }
}
