package io.livemind.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;

/** What is served under which path. Threading: any thread. */
final class Routes {
  private static final String CHAT = "/v1/chat/completions";
  private static final String MODELS = "/v1/models";
  private static final String SERVED = "/simulator/served";
  private static final String HEALTH = "/health";

  private final ChatCompletions chat;
  private final ServedLog log;
  private final HttpResponse models;

  Routes(ChatCompletions chat, ServedLog log, Map<String, Engine> engines) {
    this.chat = chat;
    this.log = log;
    this.models = models(engines);
  }

  /** Answers one request; true if the connection can be used for the next. */
  boolean respond(HttpRequest request, ClientLink link) throws IOException {
    return switch (request.path()) {
      case CHAT ->
          request.method().equals("POST") ? chat.respond(request, link) : notAllowed(link, "POST");
      case MODELS -> get(request, link, models);
      case HEALTH -> get(request, link, HttpResponse.json("{\"status\":\"ok\"}"));
      case SERVED -> get(request, link, HttpResponse.json(ServedJson.of(log, request.query())));
      default -> {
        link.write(
            ApiError.of(404, "Unknown path: " + CHAT + " and " + MODELS + " are served.")
                .response()
                .bytes());
        yield true;
      }
    };
  }

  private static boolean get(HttpRequest request, ClientLink link, HttpResponse response)
      throws IOException {
    if (!request.method().equals("GET")) return notAllowed(link, "GET");
    link.write(response.bytes());
    return true;
  }

  private static boolean notAllowed(ClientLink link, String allowed) throws IOException {
    link.write(
        ApiError.of(405, "Only " + allowed + " is allowed here.")
            .withHeader("allow", allowed)
            .response()
            .bytes());
    return true;
  }

  private static HttpResponse models(Map<String, Engine> engines) {
    ObjectNode root = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = root.putArray("data");
    for (String name : new TreeSet<>(engines.keySet()))
      data.addObject()
          .put("id", name)
          .put("object", "model")
          .put("created", 0)
          .put("owned_by", "simulator");
    return HttpResponse.json(root.toString());
  }
}
