package io.livemind.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.gateway.answers.EventFeed;
import io.livemind.gateway.answers.EventFeed.Start;
import io.livemind.gateway.answers.Subscription;
import io.livemind.gateway.fragments.FragmentJson;
import io.livemind.gateway.fragments.JsonFields;
import io.livemind.gateway.handle.EventIds;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.metric.GatewayMeters;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client on {@code /v1/live}: it opens or resumes a session, types, and reads its events.
 *
 * <p>Threading: messages come one at a time; a virtual thread of its own writes events;
 * acknowledgements are sent from the log's threads, without waiting.
 */
final class LiveSocket {
  private static final Logger LOG = LoggerFactory.getLogger(LiveSocket.class);

  /** Close codes of RFC 6455. */
  private static final int POLICY_VIOLATION = 1008;

  private static final int TRY_AGAIN_LATER = 1013;
  private static final int NORMAL = 1000;
  private static final int LONGEST_HANDLE = 256;

  /** For a client that is turned away to read why, and to stop typing. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  /** What all sockets share. */
  record Parts(
      Sessions sessions,
      Doorkeeper doorkeeper,
      EventFeed feed,
      EventIds ids,
      Limits limits,
      GatewayMeters meters) {}

  /** A session that this client writes in and reads. */
  private record Open(Handle handle, long writer, Subscription subscription) {}

  private final Parts parts;
  private final Caller caller;
  private final Session socket;
  private final WebSocketWriter writer;
  private volatile Optional<Open> open = Optional.empty();
  private volatile boolean gone;
  private volatile boolean turnedAway;

  LiveSocket(Parts parts, Caller caller, Session socket, EndPoint endPoint) {
    this.parts = parts;
    this.caller = caller;
    this.socket = socket;
    this.writer = new WebSocketWriter(socket, endPoint);
  }

  /** A message from the client. */
  void message(String text) {
    if (turnedAway) return;
    Optional<Long> sequence = Optional.empty();
    try {
      if (parts.doorkeeper().isExpired(caller)) throw Doorkeeper.unauthenticated();
      JsonFields fields = JsonFields.parse(text.getBytes(StandardCharsets.UTF_8));
      String type = fields.text("type", 16);
      if (type.equals("fragment"))
        sequence = Optional.of(fields.number("sequence", 0, FragmentJson.LARGEST));
      switch (type) {
        case "open" -> open(fields);
        case "resume" -> resume(fields);
        case "fragment" -> type(fields);
        case "delete" -> delete();
        default -> throw Problem.invalid("type", "must be open, resume, fragment or delete");
      }
    } catch (Problem problem) {
      parts.meters().count(GatewayMetric.REFUSED, problem.code().code());
      writer.tell(error(problem, sequence));
      switch (problem.code()) {
        case TOO_MANY_REQUESTS, UNAUTHENTICATED -> turnAway(problem);
        case UNAVAILABLE -> comeBack(problem);
        default -> {}
      }
    }
  }

  /** The connection is closed. */
  void left() {
    gone = true;
    open.ifPresent(now -> now.subscription().end(Subscription.End.LEFT));
  }

  /** The gateway stops. */
  void goElsewhere() {
    var end = Subscription.End.GOING_AWAY;
    open.ifPresentOrElse(
        now -> now.subscription().end(end),
        () -> socket.close(TRY_AGAIN_LATER, end.code(), Callback.NOOP));
  }

  private void open(JsonFields fields) {
    checkNotOpen();
    fields.only(Set.of("type", "model", "system", "answerFormat"));
    var options = parts.sessions().options(fields);
    Handle handle = parts.sessions().draw(caller.owner());
    // Before the session exists, so that no event of it is missed.
    Subscription subscription = parts.feed().subscribe(handle, writer);
    long number;
    try {
      number = parts.sessions().open(handle, options);
    } catch (Problem problem) {
      parts.feed().leave(subscription);
      throw problem;
    }
    begin(new Open(handle, number, subscription), Sessions.AFTER_OPEN, new Start.Fresh());
  }

  private void resume(JsonFields fields) {
    checkNotOpen();
    fields.only(Set.of("type", "handle", "after", "writer"));
    Handle handle = parts.sessions().find(fields.text("handle", LONGEST_HANDLE), caller.owner());
    Start start =
        AnswersToSse.start(handle, fields.optionalText("after", LONGEST_HANDLE), parts.ids());
    long before = fields.optionalNumber("writer", 0, FragmentJson.LARGEST - 1).orElse(0L);
    long number = parts.sessions().nextWriter(handle, before);
    begin(new Open(handle, number, parts.feed().subscribe(handle, writer)), 0, start);
  }

  private void checkNotOpen() {
    if (open.isPresent())
      throw Problem.invalid("type", "must be fragment or delete: a session is open here");
  }

  private void begin(Open now, long sequence, Start start) {
    open = Optional.of(now);
    if (gone) now.subscription().end(Subscription.End.LEFT);
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "session")
            .put("handle", parts.sessions().write(now.handle()))
            .put("writer", now.writer())
            .put("sequence", sequence);
    writer.tell(json.toString());
    Thread.ofVirtual().name("gateway-live").start(() -> write(now, start));
  }

  private void write(Open now, Start start) {
    try {
      var end =
          parts.feed().run(now.handle(), now.subscription(), start, caller.untilMillis(), writer);
      int code =
          switch (end) {
            case DELETED -> NORMAL;
            case EXPIRED -> POLICY_VIOLATION;
            case SLOW, GOING_AWAY, LEFT -> TRY_AGAIN_LATER;
          };
      socket.close(code, end.code(), Callback.NOOP);
    } catch (IOException e) {
      // The client is gone; it resumes when it comes back.
      writer.abort();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("event=live_socket_failed", e);
      writer.abort();
    }
  }

  private void type(JsonFields fields) {
    Open now = opened();
    FragmentJson typed = FragmentJson.read(fields, parts.limits().fragmentLength());
    var unused =
        parts
            .sessions()
            .type(now.handle(), now.writer(), List.of(typed))
            .whenComplete((_, failure) -> confirm(typed.sequence(), failure == null));
  }

  private void confirm(long sequence, boolean arrived) {
    if (arrived) {
      writer.tell("{\"type\":\"ack\",\"sequence\":" + sequence + "}");
    } else {
      // What follows would wait for the lost one: the client begins again as a new writer.
      Problem problem = Sessions.unavailable();
      writer.tell(error(problem, Optional.of(sequence)));
      comeBack(problem);
    }
  }

  private void delete() {
    parts.sessions().delete(opened().handle());
  }

  private Open opened() {
    return open.orElseThrow(
        () -> Problem.invalid("type", "must be open or resume: no session is open here"));
  }

  /** At once: whoever sees a reset instead of the code comes back as well. */
  private void comeBack(Problem problem) {
    socket.close(TRY_AGAIN_LATER, problem.code().code(), Callback.NOOP);
  }

  /**
   * Takes no more, and closes a moment later: a connection that is closed while its client types is
   * reset, and the client may never see what it was told. Whoever types on all the same is reset.
   */
  private void turnAway(Problem problem) {
    turnedAway = true;
    CompletableFuture.delayedExecutor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> socket.close(POLICY_VIOLATION, problem.code().code(), Callback.NOOP));
  }

  private static String error(Problem problem, Optional<Long> sequence) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "error");
    sequence.ifPresent(known -> json.put("sequence", known));
    json.set("error", ProblemJson.error(problem));
    return json.toString();
  }
}
