package io.livemind.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.schemas.RequestHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client of the API over a real socket, as plain as can be. */
final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  ApiClient(Simulator simulator) {
    this.base = simulator.baseUrl();
  }

  /** What came back. */
  record Streamed(HttpResponse<String> response, List<String> events) {
    String text() throws IOException {
      var text = new StringBuilder();
      for (JsonNode event : json())
        text.append(event.path("choices").path(0).path("delta").path("content").asText(""));
      return text.toString();
    }

    List<JsonNode> json() throws IOException {
      var parsed = new ArrayList<JsonNode>();
      for (String event : events) if (!event.equals("[DONE]")) parsed.add(JSON.readTree(event));
      return parsed;
    }
  }

  static String body(boolean stream, String... messages) {
    return body("large", stream, Calls.alternating(messages));
  }

  static String body(String model, boolean stream, List<ChatMessage> messages) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("model", model).put("stream", stream);
    if (stream) body.putObject("stream_options").put("include_usage", true);
    var array = body.putArray("messages");
    for (ChatMessage message : messages)
      array
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    return body.toString();
  }

  HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String body, String... headers) throws Exception {
    return http.send(request(body, headers).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** To any path, such as one of another API. */
  HttpResponse<String> postTo(String path, String body, String... headers) throws Exception {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(base.resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) builder.header(headers[i], headers[i + 1]);
    return http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
  }

  Streamed stream(String body, String... headers) throws Exception {
    HttpResponse<String> response = post(body, headers);
    List<String> events =
        response
            .body()
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring("data: ".length()))
            .toList();
    return new Streamed(response, events);
  }

  private HttpRequest.Builder request(String body, String... headers) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) builder.header(headers[i], headers[i + 1]);
    return builder;
  }

  /** The headers that name a call's place in a session. */
  static String[] headers(String session, int turn, int step, CallKind kind) {
    return new String[] {
      RequestHeaders.SESSION, session,
      RequestHeaders.TURN, Integer.toString(turn),
      RequestHeaders.STEP, Integer.toString(step),
      RequestHeaders.KIND, kind.name().toLowerCase(Locale.ROOT)
    };
  }
}
