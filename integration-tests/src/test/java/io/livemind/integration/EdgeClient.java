package io.livemind.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.schemas.TextHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A user with an API key and one session, over plain HTTP: it sends what it is told to. */
final class EdgeClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI gateway;
  private final String key;
  private final JsonNode session;

  EdgeClient(URI gateway, String key) {
    this.gateway = gateway;
    this.key = key;
    HttpResponse<String> opened = post("v1/sessions", "{}");
    if (opened.statusCode() != 201) throw new IllegalStateException(opened.body());
    session = json(opened.body());
  }

  String handle() {
    return session.path("handle").asText();
  }

  HttpResponse<String> post(String path, String body) {
    try {
      return http.send(
          request(gateway.resolve(path))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body.replace('\'', '"')))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .timeout(Duration.ofSeconds(30))
        .header("Authorization", "Bearer " + key);
  }

  /** One fragment of the writer that opened the session; the first after {@code open} is 1. */
  HttpResponse<String> send(int turn, int sequence, String content) {
    return post(
        "v1/sessions/" + handle() + "/fragments",
        "{'writer':%d,'fragments':[{'sequence':%d,'turn':%d,%s}]}"
            .formatted(session.path("writer").asLong(), sequence, turn, content));
  }

  HttpResponse<String> append(int sequence, String text) {
    return send(0, sequence, "'kind':'append','text':'" + text + "'");
  }

  /** Several in one request, in this order. */
  HttpResponse<String> append(List<Integer> sequences, List<String> texts) {
    String fragments =
        IntStream.range(0, texts.size())
            .mapToObj(
                i ->
                    "{'sequence':%d,'turn':0,'kind':'append','text':'%s'}"
                        .formatted(sequences.get(i), texts.get(i)))
            .collect(Collectors.joining(","));
    return post(
        "v1/sessions/" + handle() + "/fragments",
        "{'writer':%d,'fragments':[%s]}".formatted(session.path("writer").asLong(), fragments));
  }

  HttpResponse<String> submit(int sequence, String whole) {
    return send(
        0,
        sequence,
        "'kind':'submit','length':%d,'hash':'%016x'".formatted(whole.length(), TextHash.of(whole)));
  }

  /** Reads events, those of a snapshot one by one, up to the last one wanted, and hangs up. */
  List<JsonNode> readUntil(URI from, Optional<String> after, Predicate<JsonNode> last) {
    var request = request(from.resolve("v1/sessions/" + handle() + "/events"));
    after.ifPresent(id -> request.header("Last-Event-ID", id));
    var events = new ArrayList<JsonNode>();
    try (Stream<String> lines = http.send(request.build(), BodyHandlers.ofLines()).body()) {
      Iterator<JsonNode> data =
          lines
              .filter(line -> line.startsWith("data: "))
              .map(line -> json(line.substring(6)))
              .flatMap(EdgeClient::each)
              .iterator();
      while (data.hasNext()) {
        JsonNode event = data.next();
        events.add(event);
        if (last.test(event)) return events;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("the stream ended after " + events);
  }

  List<JsonNode> readUntil(String type) {
    return readUntil(gateway, Optional.empty(), event -> is(event, type));
  }

  private static Stream<JsonNode> each(JsonNode message) {
    var events = new ArrayList<JsonNode>();
    message.path("events").forEach(events::add);
    events.add(message);
    return events.stream();
  }

  static boolean is(JsonNode event, String type) {
    return event.path("type").asText().equals(type);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
