package io.livemind.gateway;

import io.javalin.http.Context;
import io.livemind.gateway.answers.EventFeed;
import io.livemind.gateway.answers.EventFeed.Start;
import io.livemind.gateway.answers.Subscription;
import io.livemind.gateway.handle.EventIds;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.problem.Problem;
import java.io.IOException;
import java.util.Optional;

/**
 * From the topic {@code answers} to server-sent events: {@code GET /v1/sessions/{handle}/events}.
 *
 * <p>Threading: the request's own virtual thread writes until the client is gone.
 */
final class AnswersToSse {
  private final Sessions sessions;
  private final Doorkeeper doorkeeper;
  private final EventFeed feed;
  private final EventIds ids;
  private final Connections connections;

  AnswersToSse(
      Sessions sessions,
      Doorkeeper doorkeeper,
      EventFeed feed,
      EventIds ids,
      Connections connections) {
    this.sessions = sessions;
    this.doorkeeper = doorkeeper;
    this.feed = feed;
    this.ids = ids;
    this.connections = connections;
  }

  /** Streams the events of a session. */
  void stream(Context request) {
    Caller caller = doorkeeper.streamCaller(request);
    Handle handle = sessions.find(Requests.path(request, "handle"), caller.owner());
    Start start = start(handle, lastEventId(request), ids);
    String address = doorkeeper.address(request);
    connections.enter(address);
    try {
      var writer = new SseWriter(request.req(), request.res());
      Subscription subscription = feed.subscribe(handle, writer);
      begin(writer, subscription);
      feed.run(handle, subscription, start, caller.untilMillis(), writer);
      writer.end();
    } catch (IOException e) {
      // The client is gone; it resumes when it comes back.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.leave(address);
    }
  }

  private void begin(SseWriter writer, Subscription subscription) throws IOException {
    try {
      writer.begin();
    } catch (IOException e) {
      feed.leave(subscription);
      throw e;
    }
  }

  /** Where to begin; a place that was not given out for this session is nowhere. */
  static Start start(Handle handle, Optional<String> after, EventIds ids) {
    if (after.isEmpty()) return new Start.Everything();
    return ids.read(handle.session(), after.get())
        .<Start>map(Start.After::new)
        .orElseThrow(Problem::notFound);
  }

  private static Optional<String> lastEventId(Context request) {
    return Optional.ofNullable(request.header("Last-Event-ID"))
        .or(() -> Optional.ofNullable(request.queryParam("lastEventId")))
        .filter(id -> !id.isEmpty());
  }
}
