package io.livemind.gateway;

import io.livemind.gateway.answers.AnswerHub;
import io.livemind.gateway.answers.Subscription;
import io.livemind.gateway.fragments.FragmentJson;
import io.livemind.gateway.fragments.FragmentSink;
import io.livemind.gateway.fragments.JsonFields;
import io.livemind.gateway.fragments.Writers;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.handle.Handles;
import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.metric.GatewayMeters;
import io.livemind.gateway.metric.GatewayMetric;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import io.livemind.gateway.spending.Spending;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Resume;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.schemas.avro.Submit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * What all ways in share: sessions are opened, found, written to and deleted here.
 *
 * <p>Threading: any thread; fragments of a session from one at a time.
 *
 * <p>Waiting: for the log to confirm 35 s, then {@code unavailable}: the same request may have been
 * carried out, and may be made again.
 */
public final class Sessions {
  private static final Duration LONGEST_CONFIRMATION = Duration.ofSeconds(35);
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_SYSTEM = 65_536;

  /** Of a deletion: whatever the clocks of gateways say, no other writer is newer. */
  private static final long LAST_WRITER = Long.MAX_VALUE;

  /** The fragment that opens a session has the number before this one. */
  static final long AFTER_OPEN = 1;

  private final GatewayConfig config;
  private final FragmentSink sink;
  private final AnswerHub hub;
  private final Handles handles;
  private final LongSupplier clock;
  private final Writers writers;
  private final Spending spending;
  private final GatewayMeters meters;
  private final RateLimit sessionRate;
  private final RateLimit fragmentRate;

  /**
   * @param clock milliseconds since the epoch
   */
  Sessions(
      GatewayConfig config,
      FragmentSink sink,
      AnswerHub hub,
      Handles handles,
      Spending spending,
      GatewayMeters meters,
      LongSupplier clock,
      LongSupplier nanoClock) {
    this.config = config;
    this.sink = sink;
    this.hub = hub;
    this.handles = handles;
    this.spending = spending;
    this.meters = meters;
    this.clock = clock;
    this.writers = new Writers(clock);
    Limits limits = config.limits();
    int sessions = limits.sessionsPerMinute();
    int fragments = limits.fragmentsPerSecond();
    this.sessionRate =
        new RateLimit("sessions-per-minute", sessions, Duration.ofMinutes(1), sessions, nanoClock);
    this.fragmentRate =
        new RateLimit(
            "fragments-per-second", fragments, Duration.ofSeconds(1), 4.0 * fragments, nanoClock);
  }

  /** The options that a request names: a model, and perhaps a system message and answer format. */
  SessionOptions options(JsonFields request) {
    String name =
        request
            .optionalText("model", LONGEST_NAME)
            .orElseGet(() -> config.models().keySet().iterator().next());
    SessionOptions model = model(name);
    var options = SessionOptions.newBuilder(model);
    request.optionalText("system", LONGEST_SYSTEM).ifPresent(options::setSystem);
    request.optionalText("answerFormat", LONGEST_SYSTEM).ifPresent(options::setAnswerFormat);
    return options.build();
  }

  /** The options of a model that clients ask for by this name. */
  SessionOptions model(String name) {
    SessionOptions options = config.models().get(name);
    if (options == null)
      throw Problem.of(
          ProblemCode.MODEL_NOT_FOUND,
          "model is none of " + String.join(", ", config.models().keySet()));
    return options;
  }

  /** A handle of a session that {@link #open} will create, within the caller's rate and budget. */
  Handle draw(Owner owner) {
    spending.check(owner);
    sessionRate.take(owner.digest(), 1);
    int partition = hub.drawPartition();
    meters.count(GatewayMetric.SESSIONS_OPENED);
    return Handle.draw(partition, owner, clock.getAsLong());
  }

  /** Creates the session; returns its first writer, whose next fragment is {@link #AFTER_OPEN}. */
  long open(Handle handle, SessionOptions options) {
    long writer = nextWriter(handle);
    await(send(handle, fragment(handle, writer, new Open(options, handle.owner().inFragment()))));
    return writer;
  }

  /** Opens a session with its whole prompt at once. */
  void submit(Handle handle, SessionOptions options, String prompt) {
    long writer = nextWriter(handle);
    var sent = new ArrayList<CompletableFuture<Void>>();
    sent.add(
        send(handle, fragment(handle, writer, new Open(options, handle.owner().inFragment()))));
    long sequence = AFTER_OPEN;
    int most = config.limits().fragmentLength();
    for (int from = 0; from < prompt.length(); ) {
      int to = Math.min(prompt.length(), from + most);
      if (to < prompt.length() && Character.isHighSurrogate(prompt.charAt(to - 1))) to--;
      var piece = new FragmentJson(sequence++, 0, new Append(prompt.substring(from, to)));
      sent.add(send(handle, record(handle, writer, piece)));
      from = to;
    }
    var submit = new Submit(prompt.length(), TextHash.of(prompt));
    sent.add(send(handle, record(handle, writer, new FragmentJson(sequence, 0, submit))));
    await(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)));
  }

  /** The session of a handle, if it is the caller's. */
  Handle find(String signed, Owner caller) {
    return handles
        .read(signed, caller)
        .filter(handle -> handle.answersPartition() < hub.partitions())
        .orElseThrow(Problem::notFound);
  }

  /** The signed form for the client. */
  String write(Handle handle) {
    return handles.write(handle);
  }

  /** A number for a client that takes over. */
  long nextWriter(Handle handle) {
    return writers.next(handle.session());
  }

  /**
   * The same for a client that was here before, or at another gateway: larger than {@code after}.
   */
  long nextWriter(Handle handle, long after) {
    return writers.next(handle.session(), after);
  }

  /**
   * Throws a {@link Problem} if {@code writer} is no number that a gateway can have given out.
   *
   * @return the number
   */
  long checked(long writer) {
    writers.check(writer);
    return writer;
  }

  /**
   * Sends what a client typed, within the session's rate and its owner's budget: all of it or
   * nothing. Done when it cannot get lost. What costs nothing is within every budget.
   */
  CompletableFuture<Void> type(Handle handle, long writer, List<FragmentJson> typed) {
    if (!typed.stream().allMatch(one -> one.content() instanceof Cancel))
      spending.check(handle.owner());
    fragmentRate.take(handle.session(), typed.size());
    return CompletableFuture.allOf(
        typed.stream()
            .map(one -> send(handle, record(handle, writer, one)))
            .toArray(CompletableFuture[]::new));
  }

  private Fragment record(Handle handle, long writer, FragmentJson typed) {
    return typed.toFragment(writer, handle.answersPartition(), clock.getAsLong());
  }

  /** Has the session written to its answers as it stands. */
  CompletableFuture<Void> askForSnapshot(Handle handle, String request) {
    var resume = new Resume(request);
    return send(
        handle, new Fragment(0L, 0L, 0, handle.answersPartition(), clock.getAsLong(), resume));
  }

  /** Deletes the session, and ends what reads it here. */
  void delete(Handle handle) {
    await(deleteLater(handle));
    hub.end(handle.session(), Subscription.End.DELETED);
  }

  /** Deletes the session, without waiting. */
  CompletableFuture<Void> deleteLater(Handle handle) {
    return send(handle, fragment(handle, LAST_WRITER, new Delete()));
  }

  Map<String, SessionOptions> models() {
    return config.models();
  }

  private CompletableFuture<Void> send(Handle handle, Fragment fragment) {
    long begun = System.nanoTime();
    return sink.send(handle.session(), fragment)
        .whenComplete(
            (_, failure) ->
                meters.time(
                    GatewayMetric.FRAGMENTS,
                    System.nanoTime() - begun,
                    failure == null ? "confirmed" : "lost"));
  }

  private Fragment fragment(Handle handle, long writer, Object content) {
    return new Fragment(writer, 0L, 0, handle.answersPartition(), clock.getAsLong(), content);
  }

  /** Waits until what was sent is confirmed. */
  static void await(CompletableFuture<Void> sent) {
    try {
      sent.get(LONGEST_CONFIRMATION.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  /** The log did not confirm. */
  static Problem unavailable() {
    return Problem.of(ProblemCode.UNAVAILABLE, "The log did not confirm in time: try again.");
  }
}
