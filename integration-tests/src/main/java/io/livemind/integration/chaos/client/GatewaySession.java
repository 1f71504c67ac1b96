package io.livemind.integration.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.integration.chaos.history.Event;
import io.livemind.schemas.TextHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One person who types one turn over HTTP and reads server-sent events; leaves in the middle of an
 * answer, and comes back at any gateway: behind the last event that was seen, or knowing nothing.
 *
 * <p>Threading: {@link #type} runs on one thread, the reader on its own.
 */
public final class GatewaySession implements TypingSession {
  /**
   * Share of those who leave that come back without knowing anything, as a page that is reloaded.
   */
  private static final double FORGETTING = 0.4;

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final Duration REQUEST = Duration.ofSeconds(3);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(100);
  private static final Duration LONGEST_TRIES = Duration.ofSeconds(90);
  private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");
  private static final int WORDS_PER_SENTENCE = 5;
  private static final int ID_BYTES = 16;
  private static final int OFFSET_AT = 20;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final long MILLIS_PER_SECOND = 1_000;

  private final List<URI> gateways;
  private final int number;
  private final Habits habits;
  private final Random random;
  private final Wire wire;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String id = "";
  private String handle = "";
  private long writer;
  private int gateway;
  private @Nullable String lastEventId;

  /**
   * Nothing is typed yet.
   *
   * @param gateways of the deployment
   * @param number unique in a run; stands in each word
   */
  public GatewaySession(List<URI> gateways, int number, Habits habits, long seed, Wire wire) {
    this.gateways = gateways;
    this.number = number;
    this.habits = habits;
    this.random = new Random(seed);
    this.wire = wire;
    this.gateway = number % gateways.size();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void type() throws InterruptedException {
    JsonNode opened = post("/v1/sessions", JSON.createObjectNode(), 201);
    handle = opened.path("handle").asText();
    writer = opened.path("writer").asLong();
    id = sessionOf(handle);
    wire.registerLogged(id);
    Thread.ofVirtual().name("gateway-reader").start(this::read);
    var prompt = new StringBuilder();
    long sequence = 1;
    for (int i = 1; i <= habits.words(); i += habits.together()) {
      Thread.sleep(habits.pause());
      List<Typed> typed = new ArrayList<>();
      for (int j = i; j < i + habits.together(); j++) {
        String word = "c" + number + "t0n" + j + (j % WORDS_PER_SENTENCE == 0 ? ". " : " ");
        prompt.append(word);
        typed.add(new Typed(sequence++, "append", word, JSON.createObjectNode().put("text", word)));
      }
      send(typed);
    }
    wire.recorder()
        .add(new Event.Submitted(wire.recorder().now(), id, 0, sequence, prompt.toString()));
    String hash = HexFormat.of().toHexDigits(TextHash.of(prompt));
    var submit = JSON.createObjectNode().put("length", prompt.length()).put("hash", hash);
    send(List.of(new Typed(sequence, "submit", "", submit)));
  }

  @Override
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A fragment, and what it adds. */
  private record Typed(long sequence, String kind, String word, ObjectNode fragment) {}

  private void send(List<Typed> typed) throws InterruptedException {
    var recorder = wire.recorder();
    ObjectNode body = JSON.createObjectNode().put("writer", writer);
    var fragments = body.putArray("fragments");
    for (Typed one : typed) {
      recorder.add(
          new Event.Invoked(recorder.now(), id, 0, one.sequence(), one.kind(), one.word()));
      fragments.add(
          one.fragment().put("sequence", one.sequence()).put("turn", 0).put("kind", one.kind()));
    }
    post("/v1/sessions/" + handle + "/fragments", body, 202);
    for (Typed one : typed) recorder.add(new Event.Ok(recorder.now(), id, 0, one.sequence()));
  }

  /** At the next gateway where one does not answer: the same number has no second effect. */
  private JsonNode post(String path, ObjectNode body, int expected) throws InterruptedException {
    long begun = System.nanoTime();
    String last = "";
    while (System.nanoTime() - begun < LONGEST_TRIES.toNanos()) {
      var request =
          HttpRequest.newBuilder(gateways.get(gateway).resolve(path))
              .timeout(REQUEST)
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
              .build();
      try {
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == expected) return JSON.readTree(response.body());
        last = response.statusCode() + ": " + response.body();
        if (response.statusCode() == TOO_MANY_REQUESTS) {
          Thread.sleep(refused(response));
          continue;
        }
        if (response.statusCode() < 500) throw new IllegalStateException(last);
      } catch (IOException gone) {
        // The next one is asked, as after a refusal.
        last = gone.toString();
      }
      gateway = (gateway + 1) % gateways.size();
      Thread.sleep(BEFORE_NEXT_TRY);
    }
    throw new IllegalStateException("no gateway takes what was typed; the last one said " + last);
  }

  /** Returns how long the client was told to stay away. */
  private long refused(HttpResponse<String> response) {
    long retryAfterMillis =
        response.headers().firstValueAsLong("retry-after").orElse(0) * MILLIS_PER_SECOND;
    var recorder = wire.recorder();
    recorder.add(
        new Event.Fail(
            recorder.now(),
            id,
            0,
            0,
            response.statusCode(),
            "too_many_requests",
            retryAfterMillis));
    return Math.max(BEFORE_NEXT_TRY.toMillis(), retryAfterMillis);
  }

  private void read() {
    int at = gateway;
    try {
      while (ended.getCount() > 0) {
        try {
          readOnce(gateways.get(at));
        } catch (IOException gone) {
          Thread.sleep(BEFORE_NEXT_TRY);
        }
        at = (at + 1) % gateways.size();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves after some events, as often as it is this person's habit. */
  private void readOnce(URI base) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(base.resolve("/v1/sessions/" + handle + "/events"));
    if (lastEventId != null) request.header("Last-Event-ID", lastEventId);
    var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) throw new IOException("status " + response.statusCode());
    int leavesAfter =
        random.nextDouble() < habits.leaving() ? 1 + random.nextInt(12) : Integer.MAX_VALUE;
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("data:")) continue;
        saw(JSON.readTree(line.substring("data:".length())));
        if (ended.getCount() == 0) return;
        if (--leavesAfter == 0) {
          if (random.nextDouble() < FORGETTING) lastEventId = null;
          return;
        }
      }
    }
  }

  private void saw(JsonNode event) {
    var recorder = wire.recorder();
    String type = event.path("type").asText();
    switch (type) {
      case "resumed" -> recorder.add(new Event.Resumed(recorder.now(), id, true));
      case "snapshot" -> {
        boolean recovered = event.path("recovered").asBoolean();
        recorder.add(new Event.Resumed(recorder.now(), id, recovered));
        snapshot(recovered, event.path("events"));
      }
      case "caught_up", "closed" -> {}
      default -> event(type, event);
    }
  }

  private void event(String type, JsonNode event) {
    String eventId = event.path("id").asText();
    lastEventId = eventId;
    String text =
        type.equals("failed") || type.equals("rejected")
            ? event.path("code").asText()
            : event.path("text").asText("");
    wire.recorder()
        .add(
            new Event.Seen(
                wire.recorder().now(),
                id,
                event.path("turn").asInt(),
                offsetOf(eventId),
                type,
                event.path("attempt").asInt(),
                event.path("execution").asText(""),
                text));
    if (ENDS.contains(type)) ended.countDown();
  }

  /** Of what it shows, an end is an event like any other: the person waits for it. */
  private void snapshot(boolean recovered, JsonNode events) {
    String last = events.isEmpty() ? null : events.get(events.size() - 1).path("id").asText();
    long position = last == null ? -1 : offsetOf(last);
    var recorder = wire.recorder();
    recorder.add(new Event.Snapshot(recorder.now(), id, recovered, position, pieces(events)));
    for (JsonNode event : events) {
      String type = event.path("type").asText();
      if (ENDS.contains(type)) event(type, event);
    }
    if (last != null) lastEventId = last;
  }

  /** Of turns that have not ended: their whole text stands with an end. */
  private static Map<String, String> pieces(JsonNode events) {
    Set<Integer> ended = new HashSet<>();
    for (JsonNode event : events)
      if (ENDS.contains(event.path("type").asText())) ended.add(event.path("turn").asInt());
    Map<String, String> pieces = new HashMap<>();
    for (JsonNode event : events) {
      if (event.path("type").asText().equals("delta")
          && !ended.contains(event.path("turn").asInt()))
        pieces.merge(event.path("execution").asText(), event.path("text").asText(), String::concat);
    }
    return pieces;
  }

  /** The harness may look into what is sealed for clients. */
  private static String sessionOf(String handle) {
    byte[] bytes = Base64.getUrlDecoder().decode(handle);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, 1, 1 + ID_BYTES));
  }

  private static long offsetOf(String eventId) {
    return ByteBuffer.wrap(Base64.getUrlDecoder().decode(eventId)).getLong(OFFSET_AT);
  }
}
