package io.livemind.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Google's Gemini: {@code POST /v1beta/models/MODEL:streamGenerateContent?alt=sse} and {@code
 * :generateContent}. A stream has no mark at its end: it is over when the body is. The time to wait
 * stands in an error's body, in no header.
 */
record GeminiWire() implements WireProfile {
  static final String BASE = "/v1beta";
  private static final String MODELS = BASE + "/models/";
  private static final String STREAM = ":streamGenerateContent";
  private static final String WHOLE = ":generateContent";
  private static final String KEY = "x-goog-api-key";
  private static final String RETRY_AFTER = "retry-after";

  @Override
  public boolean serves(String path) {
    return path.startsWith(MODELS) && (path.endsWith(STREAM) || path.endsWith(WHOLE));
  }

  @Override
  public ChatCall read(long number, HttpRequest request) throws RefusedException {
    List<String> query = List.of(request.query().split("&", -1));
    if (request.header(KEY).isEmpty() && query.stream().noneMatch(it -> it.startsWith("key=")))
      throw new RefusedException(
          ApiError.of(403, "Method doesn't allow unregistered callers: send " + KEY + "."));
    boolean stream = request.path().endsWith(STREAM);
    if (stream && !query.contains("alt=sse"))
      throw ChatCallReader.refused("Streams are served as events only here: add ?alt=sse.");
    JsonNode body = ChatCallReader.body(request);
    return ChatCallReader.call(
        this,
        number,
        request,
        model(request.path(), stream ? STREAM : WHOLE),
        messages(body),
        stream,
        true,
        ChatCallReader.limit(
            body.path("generationConfig").path("maxOutputTokens"),
            "generationConfig.maxOutputTokens"),
        0);
  }

  private static String model(String path, String method) {
    String name = path.substring(MODELS.length(), path.length() - method.length());
    return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static List<ChatMessage> messages(JsonNode body) throws RefusedException {
    JsonNode contents = body.path("contents");
    if (!contents.isArray() || contents.isEmpty())
      throw ChatCallReader.refused("* GenerateContentRequest.contents: contents is not specified");
    var messages = new ArrayList<ChatMessage>();
    JsonNode system =
        body.path(body.has("system_instruction") ? "system_instruction" : "systemInstruction");
    if (system.isObject())
      messages.add(
          new ChatMessage(
              ChatMessage.Role.SYSTEM,
              ChatCallReader.text(system.path("parts"), "systemInstruction.parts")));
    for (JsonNode content : contents)
      messages.add(
          new ChatMessage(
              role(content), ChatCallReader.text(content.path("parts"), "contents.parts")));
    return List.copyOf(messages);
  }

  private static ChatMessage.Role role(JsonNode content) throws RefusedException {
    return switch (content.path("role").asText("user")) {
      case "user" -> ChatMessage.Role.USER;
      case "model" -> ChatMessage.Role.ASSISTANT;
      default -> throw ChatCallReader.refused("Please use a valid role: user, model.");
    };
  }

  private static String reason(Finish why) {
    return switch (why) {
      case STOP -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case REFUSED -> "SAFETY";
      case ABORT -> "OTHER";
    };
  }

  /** A rate that is passed and an account that is empty differ by the time to wait alone. */
  @Override
  public ApiError inOwnWords(Fault fault, ApiError openAis) {
    return switch (fault) {
      case CONTEXT_TOO_LONG ->
          openAis.withMessage(
              "The input token count (9001) exceeds the maximum number of tokens allowed (8192).");
      case UNAUTHORISED -> openAis.withMessage("Request had invalid authentication credentials.");
      case RATE_LIMITED -> openAis.withMessage("Resource has been exhausted (e.g. check quota).");
      case RATE_LIMITED_SECONDS, RATE_LIMITED_DATE ->
          openAis.withMessage(
              "You exceeded your current quota, please check your plan and billing details.");
      case UNAVAILABLE, OVERLOADED ->
          openAis.withMessage("The model is overloaded. Please try again later.");
      default -> openAis;
    };
  }

  @Override
  public HttpResponse error(ApiError error) {
    Map<String, String> headers = secondsToWait(error).isPresent() ? Map.of() : error.headers();
    return new HttpResponse(
        error.status(), HttpResponse.JSON, headers, json(error).getBytes(StandardCharsets.UTF_8));
  }

  private static String json(ApiError error) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode object = root.putObject("error");
    object.put("code", error.status()).put("message", error.message());
    object.put("status", status(error.status()));
    secondsToWait(error)
        .ifPresent(
            seconds ->
                object
                    .putArray("details")
                    .addObject()
                    .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
                    .put("retryDelay", seconds + "s"));
    return root.toString();
  }

  private static Optional<String> secondsToWait(ApiError error) {
    return Optional.ofNullable(error.headers().get(RETRY_AFTER))
        .filter(wait -> wait.chars().allMatch(Character::isDigit));
  }

  private static String status(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503, 529 -> "UNAVAILABLE";
      default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
    };
  }

  @Override
  public String whole(WholeReply reply, Optional<Finish> why) {
    return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":"
        + JsonBytes.quoted(reply.text())
        + "}],\"role\":\"model\"}"
        + why.map(it -> ",\"finishReason\":\"" + reason(it) + "\"").orElse("")
        + ",\"index\":0}],"
        + usage(reply.usage(), reply.usage().completionTokens())
        + ","
        + ids(reply.call());
  }

  /** The prompt's tokens hold the cached ones. */
  private static String usage(Usage usage, int completionTokens) {
    return "\"usageMetadata\":{\"promptTokenCount\":"
        + usage.promptTokens()
        + ",\"candidatesTokenCount\":"
        + completionTokens
        + ",\"totalTokenCount\":"
        + (usage.promptTokens() + completionTokens)
        + ",\"cachedContentTokenCount\":"
        + usage.cachedTokens()
        + "}";
  }

  /** The end of each object. */
  private static String ids(ChatCall call) {
    return "\"modelVersion\":"
        + JsonBytes.quoted(call.model())
        + ",\"responseId\":\"simulated-"
        + call.number()
        + "\"}";
  }

  @Override
  public StreamEvents events(ChatCall call, long createdSeconds, Usage usage) {
    return new Events(call, usage);
  }

  /** Lines end as Google's servers end them. */
  private static final class Events implements StreamEvents {
    private static final String EVENT_END = "\r\n\r\n";
    private static final byte[] CONTENT_START =
        JsonBytes.utf8("data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"");

    private final ChatCall call;
    private final Usage usage;
    private final byte[] contentEnd;

    private Events(ChatCall call, Usage usage) {
      this.call = call;
      this.usage = usage;
      this.contentEnd =
          JsonBytes.utf8(
              "\"}],\"role\":\"model\"},\"index\":0}],"
                  + usage(usage, 0)
                  + ","
                  + ids(call)
                  + EVENT_END);
    }

    @Override
    public void open(JsonBytes buffer) {}

    @Override
    public void content(JsonBytes buffer, String text, int from, int to) {
      buffer.append(CONTENT_START);
      buffer.appendEscaped(text, from, to);
      buffer.append(contentEnd);
    }

    @Override
    public void finish(JsonBytes buffer, Finish why) {
      buffer.append(
          "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},"
              + "\"finishReason\":\""
              + reason(why)
              + "\",\"index\":0}],"
              + usage(usage, usage.completionTokens())
              + ","
              + ids(call)
              + EVENT_END);
    }

    @Override
    public void done(JsonBytes buffer) {}

    @Override
    public void error(JsonBytes buffer, ApiError error) {
      buffer.append("data: " + json(error) + EVENT_END);
    }

    @Override
    public void malformed(JsonBytes buffer) {
      buffer.append("data: {\"candidates\":[{\"content\":{\"parts\":[" + EVENT_END);
    }
  }
}
