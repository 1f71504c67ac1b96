package io.livemind.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.client.Alarms.Alarm;
import io.livemind.client.SessionEvent.Rejected;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One session at a gateway. It keeps the prompt that is typed and sends what changes: at the end of
 * a word (or four characters where words are not spaced), 300 ms after the last key, 120 ms after
 * an edit elsewhere, and with submit. When the connection is lost it comes back by itself, at the
 * next gateway, as a new writer: it continues behind the last event that it got, and sends again
 * what the pipeline may lack.
 *
 * <p>Threading: any thread calls; one virtual thread of its own does all the work, and calls the
 * listener.
 *
 * <p>Waiting: a connection that confirms nothing for 10 s is given up. What is typed meanwhile
 * waits in memory: it is one text, however long it takes.
 */
public final class LiveSession implements AutoCloseable {
  private static final Duration LONGEST_UNCONFIRMED = Duration.ofSeconds(10);

  /** Whoever is told to come back later than this, waits for nothing: what was asked has failed. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** The fragment that opens a session has the number before this one. */
  private static final long AFTER_OPEN = 1;

  /** How a connection is made. */
  interface Connector {
    /** The number of tries so far picks the gateway. */
    Connection connect(Connection.Listener listener, int tries);

    /** So many tries reach each gateway once. */
    int gateways();
  }

  private final SessionRequest request;
  private final SessionListener listener;
  private final Connector connector;
  private final Duration longestSilence;
  private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> opened = new CompletableFuture<>();
  private final CompletableFuture<Void> deleted = new CompletableFuture<>();
  private final Alarms alarms = new Alarms(System::nanoTime);
  private final BackOff backOff = new BackOff(() -> ThreadLocalRandom.current().nextDouble());
  private final Fragments fragments = new Fragments(this::send);
  private final Prompts prompts = new Prompts(fragments);
  private final Typist typist = new Typist(prompts, alarms);

  // What follows belongs to the session's thread; the state and the handle are read by others.
  private volatile SessionState state = SessionState.CONNECTING;
  private volatile Optional<String> handle;
  private Optional<Connection> connection = Optional.empty();
  private Optional<String> after = Optional.empty();
  private boolean deleting;
  private int tries;
  private long writer;
  private long sequence;

  private LiveSession(
      SessionRequest request,
      Optional<String> handle,
      SessionListener listener,
      Connector connector,
      Duration longestSilence) {
    this.request = request;
    this.handle = handle;
    this.listener = listener;
    this.connector = connector;
    this.longestSilence = longestSilence;
  }

  /** Connects, and returns when it can be typed in. */
  static LiveSession start(
      SessionRequest request,
      Optional<String> handle,
      SessionListener listener,
      Connector connector,
      Duration longestSilence)
      throws InterruptedException {
    var session = new LiveSession(request, handle, listener, connector, longestSilence);
    Thread.ofVirtual().name("livemind-session").start(session::run);
    try {
      var unused = session.opened.get();
      return session;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LiveMindException refused) throw refused;
      throw new IllegalStateException("the session's thread failed", e.getCause());
    } catch (InterruptedException e) {
      session.close();
      throw e;
    }
  }

  /** To resume the session elsewhere; as secret as the session. */
  public String handle() {
    return handle.orElseThrow();
  }

  public SessionState state() {
    return state;
  }

  /** Adds text to the prompt. */
  public void type(String keys) {
    work.add(() -> typist.type(keys));
  }

  /** The prompt is now this text; what differs is sent. */
  public void edit(String whole) {
    work.add(() -> typist.change(whole));
  }

  /** The prompt is complete: ask. The future tells how the turn ends; typing goes to the next. */
  public CompletableFuture<TurnEnd> submit() {
    var end = new CompletableFuture<TurnEnd>();
    work.add(() -> typist.submit(end));
    failIfOver(end);
    return end;
  }

  /** Types a whole prompt and asks. */
  public CompletableFuture<TurnEnd> submit(String prompt) {
    edit(prompt);
    return submit();
  }

  /** Stops the answer that is awaited; the typed prompt, if none is. */
  public void cancel() {
    work.add(typist::cancel);
  }

  /**
   * Deletes the session and everything that is known of it, as soon as there is a connection.
   *
   * @return ends when the gateway has confirmed; with a {@link LiveMindException}, if the session
   *     ends otherwise
   */
  public CompletableFuture<Void> delete() {
    work.add(
        () -> {
          deleting = true;
          if (typist.isConnected()) send(Greeting.message("delete"));
        });
    failIfOver(deleted);
    return deleted;
  }

  /** Cuts the connection, as a bad network does; the session comes back by itself. */
  public void reconnect() {
    work.add(() -> lost(new LiveMindException("unreachable", "the connection was cut on purpose")));
  }

  /** Leaves; the session stays at the gateway. */
  @Override
  public void close() {
    work.add(() -> finish(SessionState.CLOSED, closed()));
  }

  private void run() {
    try {
      connect();
      while (!state.isFinal()) {
        Runnable next = work.poll(alarms.nextNanos(), TimeUnit.NANOSECONDS);
        if (next != null) next.run();
        typist.run();
        if (alarms.take(Alarm.CONNECT)) connect();
        if (alarms.take(Alarm.UNCONFIRMED))
          lost(new LiveMindException("unreachable", "the gateway confirms nothing"));
        if (alarms.take(Alarm.SILENT))
          lost(new LiveMindException("unreachable", "the gateway fell silent"));
      }
    } catch (InterruptedException | RuntimeException e) {
      // A listener's fault, or our own: nobody waits in vain.
      finish(SessionState.LOST, new LiveMindException("internal", "the session failed", e));
    } finally {
      // What stood behind the end; whoever adds something later finds the end itself.
      for (Runnable late = work.poll(); late != null; late = work.poll()) late.run();
      prompts.fail(closed());
    }
  }

  // The connection

  private void connect() {
    connection.ifPresent(Connection::cut);
    alarms.clear(Alarm.UNCONFIRMED);
    typist.disconnected();
    heard();
    become(SessionState.CONNECTING);
    connection = Optional.of(connector.connect(new Inbox(), tries));
  }

  private void heard() {
    alarms.set(Alarm.SILENT, longestSilence);
  }

  private void send(ObjectNode message) {
    connection.ifPresent(open -> open.send(message));
    if (!alarms.isSet(Alarm.UNCONFIRMED) && !fragments.allConfirmed())
      alarms.set(Alarm.UNCONFIRMED, LONGEST_UNCONFIRMED);
  }

  private void greet() {
    send(
        handle
            .map(known -> Greeting.resume(known, writer, after))
            .orElseGet(() -> Greeting.open(request)));
  }

  /** Leaves a connection that serves no more, whether or not its end is told; once for each. */
  private void lost(LiveMindException reason) {
    lost(reason, Duration.ZERO);
  }

  /** The next try comes after {@code wait} at least. */
  private void lost(LiveMindException reason, Duration wait) {
    connection.ifPresent(Connection::cut);
    connection = Optional.empty();
    typist.disconnected();
    alarms.clear(Alarm.SILENT);
    boolean refused = reason.code().equals("unauthenticated") || reason.code().equals("forbidden");
    if (!state.isFinal()) tries++;
    if (refused || (!opened.isDone() && tries >= connector.gateways())) {
      finish(SessionState.LOST, reason);
    } else if (!state.isFinal()) {
      alarms.clear(Alarm.UNCONFIRMED);
      // Somebody waits for the session to open: each gateway is asked once, at once.
      Duration next = opened.isDone() ? backOff.next() : Duration.ZERO;
      alarms.set(Alarm.CONNECT, next.compareTo(wait) > 0 ? next : wait);
      become(SessionState.WAITING);
    }
  }

  /** Nothing is missed any more: what the pipeline may lack is sent again, whole. */
  private void caughtUp() {
    // A session that was just opened holds nothing; a writer that came back counts from 0.
    if (deleting) send(Greeting.message("delete"));
    else typist.connected(sequence == AFTER_OPEN && !opened.isDone());
    if (!deleting) backOff.reset();
    become(SessionState.OPEN);
    boolean ignored = opened.complete(handle.orElseThrow());
  }

  private void become(SessionState next) {
    if (state == next || state.isFinal()) return;
    state = next;
    listener.state(next);
  }

  private static LiveMindException closed() {
    return new LiveMindException("closed", "the session was closed");
  }

  private void finish(SessionState last, LiveMindException reason) {
    boolean first = !state.isFinal();
    if (first) state = last;
    typist.disconnected();
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
    boolean ignored = opened.completeExceptionally(reason);
    ignored =
        reason.code().equals("deleted")
            ? deleted.complete(null)
            : deleted.completeExceptionally(reason);
    prompts.fail(reason);
    if (first) listener.state(last);
  }

  /** What is asked too late for the session's thread. */
  private void failIfOver(CompletableFuture<?> end) {
    if (state.isFinal()) end.completeExceptionally(closed());
  }

  // What the gateway says

  private void take(JsonNode message) {
    switch (message.path("type").asText()) {
      case "session" -> {
        alarms.clear(Alarm.UNCONFIRMED);
        handle = Optional.of(message.path("handle").asText());
        writer = message.path("writer").asLong();
        sequence = message.path("sequence").asLong();
        fragments.begin(sequence);
      }
      case "ack" -> {
        alarms.clear(Alarm.UNCONFIRMED);
        if (fragments.confirmed(message.path("sequence").asLong())) backOff.allConfirmed();
        else alarms.set(Alarm.UNCONFIRMED, LONGEST_UNCONFIRMED);
      }
      default -> {
        String id = message.path("id").asText();
        if (!id.isEmpty()) after = Optional.of(id);
        SessionEvent event = EventReader.read(message);
        if (event instanceof SessionEvent.Snapshot)
          message.path("events").forEach(old -> after = Optional.of(old.path("id").asText()));
        listener.event(event);
        take(event);
      }
    }
  }

  private void take(SessionEvent event) {
    switch (event) {
      case SessionEvent.CaughtUp _ -> caughtUp();
      case SessionEvent.Snapshot snapshot -> snapshot.events().forEach(this::take);
      case SessionEvent.Closed closed -> {
        if (closed.code().equals("deleted"))
          finish(SessionState.LOST, new LiveMindException("deleted", "the session was deleted"));
        // Nothing follows: a gateway that goes may be gone before its connection ends.
        else lost(new LiveMindException("unreachable", "the gateway closed: " + closed.code()));
      }
      case SessionEvent.Refused refused -> refused(refused);
      case Rejected rejected -> rejected(rejected);
      case SessionEvent.OfTurn ofTurn -> prompts.take(ofTurn);
      case SessionEvent.Resumed _, SessionEvent.Unknown _ -> {}
    }
  }

  private void refused(SessionEvent.Refused refused) {
    var reason = new LiveMindException(refused.code(), refused.message());
    if (handle.isEmpty() || !opened.isDone()) {
      finish(SessionState.LOST, reason);
      return;
    }
    var failed = new TurnEnd.Failed(refused.code(), refused.message());
    switch (refused.code()) {
      case "not_found", "unauthenticated" -> finish(SessionState.LOST, reason);
      case "too_many_requests" -> {
        boolean late = refused.retryAfter().compareTo(LONGEST_WAIT) > 0;
        if (late) typist.bar(failed, refused.retryAfter(), refused.sequence());
        else backOff.tooMuchAtOnce();
        lost(reason, late ? Duration.ZERO : refused.retryAfter());
      }
      // The log did not confirm: the connection ends, and all of it is sent again.
      case "unavailable" -> {}
      default -> refused.sequence().ifPresent(sequence -> prompts.refused(sequence, failed, true));
    }
  }

  private void rejected(Rejected rejected) {
    if (rejected.writer() != writer) return;
    switch (rejected.code()) {
      case "missing_sequence" ->
          lost(new LiveMindException("unreachable", "fragments are missing"));
      case "not_writer" ->
          finish(
              SessionState.TAKEN_OVER,
              new LiveMindException("not_writer", "another client writes in this session now"));
      case "session_unknown" ->
          finish(SessionState.LOST, new LiveMindException("session_unknown", rejected.message()));
      // It had its effect before.
      case "wrong_turn", "session_exists" -> {}
      default -> prompts.take(rejected);
    }
  }

  /** Hands what a connection says to the session's thread, as long as it is the present one. */
  private final class Inbox implements Connection.Listener {
    @Override
    public void opened(Connection from) {
      work.add(() -> ifPresent(from, LiveSession.this::greet));
    }

    @Override
    public void heard(Connection from) {
      work.add(() -> ifPresent(from, LiveSession.this::heard));
    }

    @Override
    public void message(Connection from, JsonNode message) {
      work.add(
          () ->
              ifPresent(
                  from,
                  () -> {
                    LiveSession.this.heard();
                    take(message);
                  }));
    }

    @Override
    public void ended(Connection from, LiveMindException reason) {
      work.add(() -> ifPresent(from, () -> lost(reason)));
    }

    private void ifPresent(Connection from, Runnable then) {
      if (connection.filter(now -> now == from).isPresent() && !state.isFinal()) then.run();
    }
  }
}
