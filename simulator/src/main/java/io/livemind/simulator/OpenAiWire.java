package io.livemind.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenAI's chat completions: {@code POST /v1/chat/completions}. */
record OpenAiWire() implements WireProfile {
  static final String PATH = "/v1/chat/completions";

  @Override
  public boolean serves(String path) {
    return path.equals(PATH);
  }

  @Override
  public ChatCall read(long number, HttpRequest request) throws RefusedException {
    JsonNode body = ChatCallReader.body(request);
    boolean completionLimit = body.hasNonNull("max_completion_tokens");
    return ChatCallReader.call(
        this,
        number,
        request,
        model(body),
        messages(body.path("messages")),
        body.path("stream").asBoolean(false),
        body.path("stream_options").path("include_usage").asBoolean(false),
        ChatCallReader.limit(
            body.path(completionLimit ? "max_completion_tokens" : "max_tokens"), "max_tokens"),
        body.path("priority").asInt(0));
  }

  private static String model(JsonNode body) throws RefusedException {
    JsonNode model = body.path("model");
    if (model.isTextual()) return model.textValue();
    throw ChatCallReader.refused("You must provide a model parameter.");
  }

  private static List<ChatMessage> messages(JsonNode field) throws RefusedException {
    if (!field.isArray() || field.isEmpty())
      throw ChatCallReader.refused(
          "Invalid 'messages': expected an array of at least one message.");
    var messages = new ArrayList<ChatMessage>();
    for (JsonNode message : field)
      messages.add(
          new ChatMessage(
              role(message), ChatCallReader.text(message.path("content"), "messages.content")));
    return List.copyOf(messages);
  }

  private static ChatMessage.Role role(JsonNode message) throws RefusedException {
    return switch (message.path("role").asText("")) {
      case "system", "developer" -> ChatMessage.Role.SYSTEM;
      case "user" -> ChatMessage.Role.USER;
      case "assistant" -> ChatMessage.Role.ASSISTANT;
      default ->
          throw ChatCallReader.refused(
              "Invalid 'messages.role': expected system, user or assistant.");
    };
  }

  private static String reason(Finish why) {
    return switch (why) {
      case STOP -> "stop";
      case LENGTH -> "length";
      case REFUSED -> "content_filter";
      case ABORT -> "abort";
    };
  }

  @Override
  public HttpResponse error(ApiError error) {
    return error.response();
  }

  @Override
  public String whole(WholeReply reply, Optional<Finish> why) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("id", "chatcmpl-simulated-" + reply.call().number());
    root.put("object", "chat.completion");
    root.put("created", reply.createdSeconds());
    root.put("model", reply.call().model());
    ObjectNode choice = root.putArray("choices").addObject();
    choice.put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", reply.text());
    choice.put("finish_reason", why.map(OpenAiWire::reason).orElse(null));
    Usage usage = reply.usage();
    ObjectNode tokens = root.putObject("usage");
    tokens.put("prompt_tokens", usage.promptTokens());
    tokens.put("completion_tokens", usage.completionTokens());
    tokens.put("total_tokens", usage.totalTokens());
    tokens.putObject("prompt_tokens_details").put("cached_tokens", usage.cachedTokens());
    return root.toString();
  }

  @Override
  public StreamEvents events(ChatCall call, long createdSeconds, Usage usage) {
    return new Events(call, createdSeconds, usage);
  }

  private static final class Events implements StreamEvents {
    private static final byte[] CONTENT_END = JsonBytes.utf8("\"},\"finish_reason\":null}]}\n\n");
    private static final byte[] DONE = JsonBytes.utf8("data: [DONE]\n\n");

    private final Usage usage;
    private final boolean includeUsage;
    private final String opening;
    private final byte[] contentStart;

    private Events(ChatCall call, long createdSeconds, Usage usage) {
      this.usage = usage;
      this.includeUsage = call.includeUsage();
      this.opening =
          "data: {\"id\":\"chatcmpl-simulated-"
              + call.number()
              + "\",\"object\":\"chat.completion.chunk\",\"created\":"
              + createdSeconds
              + ",\"model\":"
              + JsonBytes.quoted(call.model())
              + ",\"choices\":[";
      this.contentStart = JsonBytes.utf8(opening + "{\"index\":0,\"delta\":{\"content\":\"");
    }

    @Override
    public void open(JsonBytes buffer) {
      buffer.append(
          opening
              + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
              + "\"finish_reason\":null}]}\n\n");
    }

    @Override
    public void content(JsonBytes buffer, String text, int from, int to) {
      buffer.append(contentStart);
      buffer.appendEscaped(text, from, to);
      buffer.append(CONTENT_END);
    }

    /** An engine that aborts counts nothing. */
    @Override
    public void finish(JsonBytes buffer, Finish why) {
      buffer.append(
          opening + "{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason(why) + "\"}]}\n\n");
      if (includeUsage && why != Finish.ABORT)
        buffer.append(
            opening
                + "],\"usage\":{\"prompt_tokens\":"
                + usage.promptTokens()
                + ",\"completion_tokens\":"
                + usage.completionTokens()
                + ",\"total_tokens\":"
                + usage.totalTokens()
                + ",\"prompt_tokens_details\":{\"cached_tokens\":"
                + usage.cachedTokens()
                + "}}}\n\n");
    }

    @Override
    public void done(JsonBytes buffer) {
      buffer.append(DONE);
    }

    @Override
    public void error(JsonBytes buffer, ApiError error) {
      buffer.append("data: " + error.json() + "\n\n");
    }

    @Override
    public void malformed(JsonBytes buffer) {
      buffer.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\"\n\n");
    }
  }
}
