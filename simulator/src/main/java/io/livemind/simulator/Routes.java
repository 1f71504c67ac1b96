package io.livemind.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is served under which path. Threading: any thread. */
final class Routes {
  private static final List<WireProfile> WIRES =
      List.of(new OpenAiWire(), new AnthropicWire(), new GeminiWire());
  private static final String MODELS = "/v1/models";
  private static final String SERVED = "/simulator/served";
  private static final String HEALTH = "/health";
  private static final String UNKNOWN =
      "Unknown path: "
          + OpenAiWire.PATH
          + ", "
          + AnthropicWire.PATH
          + ", "
          + GeminiWire.BASE
          + "/models/MODEL:streamGenerateContent and "
          + MODELS
          + " are served.";

  private final ModelCalls calls;
  private final ServedLog log;
  private final HttpResponse models;

  Routes(ModelCalls calls, ServedLog log, Map<String, Engine> engines) {
    this.calls = calls;
    this.log = log;
    this.models = models(engines);
  }

  /** Answers one request; true if the connection can be used for the next. */
  boolean respond(HttpRequest request, ClientLink link) throws IOException {
    for (WireProfile wire : WIRES)
      if (wire.serves(request.path()))
        return request.method().equals("POST")
            ? calls.respond(wire, request, link)
            : notAllowed(link, "POST");
    return switch (request.path()) {
      case MODELS -> get(request, link, models);
      case HEALTH -> get(request, link, HttpResponse.json("{\"status\":\"ok\"}"));
      case SERVED -> get(request, link, HttpResponse.json(ServedJson.of(log, request.query())));
      default -> {
        link.write(ApiError.of(404, UNKNOWN).response().bytes());
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
