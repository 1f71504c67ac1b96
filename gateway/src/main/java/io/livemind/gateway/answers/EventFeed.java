package io.livemind.gateway.answers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livemind.gateway.answers.CatchUp.Missed;
import io.livemind.gateway.answers.JoinedDeltas.Joined;
import io.livemind.gateway.handle.EventId;
import io.livemind.gateway.handle.EventIds;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.metric.GatewayMeters;
import io.livemind.gateway.metric.GatewayMetric;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * What one client of a session is sent, in order: first what it missed, then {@code caught_up},
 * then each event as it comes.
 *
 * <p>A client that names the last event it got continues behind it without gap or repeat ({@code
 * resumed}). One that names none, or one whose history is gone, gets a {@code snapshot}: all events
 * of the session, in short; {@code recovered} tells whether that is everything, and if it is not
 * the topology tells how the session stands. Of a session that was deleted nothing is shown: {@code
 * closed} is all that comes.
 *
 * <p>Threading: {@link #run} belongs to one thread, a virtual one; the subscription may be ended
 * from any.
 *
 * <p>Waiting: for what was missed 30 s, then what came is shown as not recovered. A silent
 * connection is kept alive by a sign of life every 15 s. A slow client whose socket takes nothing
 * for 5 s more is cut off. A client whose proof of who it is expires gets no more from then on.
 */
public final class EventFeed {
  private static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(30);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
  private static final Duration LAST_CHANCE = Duration.ofSeconds(5);

  private final AnswerHub hub;
  private final CatchUp catchUp;
  private final SnapshotSource snapshots;
  private final EventIds ids;
  private final String topicId;
  private final GatewayMeters meters;
  private final LongSupplier clock;
  private final ScheduledExecutorService timer;

  /** Where to go on: at this live record, after those that came while the client was greeted. */
  private record Greeted(long from, List<AnswerRecord> passed) {}

  /**
   * @param clock milliseconds since the epoch
   * @param timer wakes who has waited for long; is given nothing that blocks
   */
  public EventFeed(
      AnswerHub hub,
      CatchUp catchUp,
      SnapshotSource snapshots,
      EventIds ids,
      String topicId,
      GatewayMeters meters,
      LongSupplier clock,
      ScheduledExecutorService timer) {
    this.hub = hub;
    this.catchUp = catchUp;
    this.snapshots = snapshots;
    this.ids = ids;
    this.topicId = topicId;
    this.meters = meters;
    this.clock = clock;
    this.timer = timer;
  }

  /** Where a client wants to begin. */
  public sealed interface Start {
    /** It has just opened the session: there is nothing that it could have missed. */
    record Fresh() implements Start {}

    /** It wants everything. */
    record Everything() implements Start {}

    /** It has everything up to this event. */
    record After(EventId event) implements Start {}
  }

  /**
   * Begins to collect events for a client; {@link #run} writes them.
   *
   * @param writer cut off if the client reads too slowly
   */
  public Subscription subscribe(Handle handle, EventWriter writer) {
    return hub.subscribe(handle, () -> cutOffSoon(writer));
  }

  /** Gives back a subscription that {@link #run} was never called for. */
  public void leave(Subscription subscription) {
    hub.leave(subscription);
  }

  private static void cutOffSoon(EventWriter writer) {
    Thread.startVirtualThread(
        () -> {
          try {
            Thread.sleep(LAST_CHANCE);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          writer.abort();
        });
  }

  /**
   * Writes until the subscription ends or the client is gone. Gives the subscription back.
   *
   * @param untilMillis when it ends as {@link Subscription.End#EXPIRED}, milliseconds since the
   *     epoch; empty: never
   */
  public Subscription.End run(
      Handle handle,
      Subscription subscription,
      Start start,
      OptionalLong untilMillis,
      EventWriter writer)
      throws IOException, InterruptedException {
    List<Future<?>> alarms = alarms(subscription, untilMillis);
    try {
      var deltas = new JoinedDeltas(!(start instanceof Start.After));
      Optional<Greeted> greeted = greet(handle, subscription, start, deltas, writer);
      if (greeted.isEmpty()) {
        subscription.end(Subscription.End.DELETED);
        return close(subscription, writer);
      }
      long from = greeted.get().from();
      List<AnswerRecord> passed = greeted.get().passed();
      for (Joined joined : deltas.of(behind(from, passed))) write(joined, writer);
      if (!passed.isEmpty()) writer.flush();
      while (true) {
        if (isOver(untilMillis)) subscription.end(Subscription.End.EXPIRED);
        Subscription.Batch batch = subscription.take();
        if (batch.records().isEmpty() && !batch.ended()) writer.keepAlive();
        for (Joined joined : deltas.of(behind(from, batch.records()))) write(joined, writer);
        if (batch.ended()) return close(subscription, writer);
        writer.flush();
        if (!batch.records().isEmpty())
          meters.time(GatewayMetric.ANSWER_DELAY, System.nanoTime() - batch.offeredNanos());
      }
    } finally {
      for (Future<?> alarm : alarms) alarm.cancel(false);
      meters.count(GatewayMetric.STREAMS_ENDED, subscription.end().code());
      hub.leave(subscription);
    }
  }

  /** The last words. */
  private static Subscription.End close(Subscription subscription, EventWriter writer)
      throws IOException {
    Subscription.End end = subscription.end();
    writer.write(Optional.empty(), "{\"type\":\"closed\",\"code\":\"" + end.code() + "\"}");
    writer.flush();
    return end;
  }

  /** Wakes the writer for signs of life, and when the client's time is over. */
  private List<Future<?>> alarms(Subscription subscription, OptionalLong untilMillis) {
    var alarms = new ArrayList<Future<?>>();
    long everyMillis = SIGN_OF_LIFE.toMillis();
    alarms.add(
        timer.scheduleWithFixedDelay(
            subscription::wake, everyMillis, everyMillis, TimeUnit.MILLISECONDS));
    if (untilMillis.isPresent())
      alarms.add(
          timer.schedule(
              subscription::wake,
              untilMillis.getAsLong() - clock.getAsLong() + 1,
              TimeUnit.MILLISECONDS));
    return alarms;
  }

  private boolean isOver(OptionalLong untilMillis) {
    return untilMillis.isPresent() && clock.getAsLong() >= untilMillis.getAsLong();
  }

  /** Writes what was missed; of a session that is gone nothing, and returns nothing. */
  private Optional<Greeted> greet(
      Handle handle,
      Subscription subscription,
      Start start,
      JoinedDeltas deltas,
      EventWriter writer)
      throws IOException, InterruptedException {
    long live = subscription.liveFrom();
    long from = live;
    List<AnswerRecord> passed = List.of();
    long begun = System.nanoTime();
    String outcome = "snapshot";
    switch (start) {
      case Start.Fresh _ -> {}
      case Start.Everything _ -> {
        Missed missed = everything(handle, live);
        var told = snapshot(handle, subscription, missed, missed.complete(), deltas, writer);
        if (told.isEmpty()) return Optional.empty();
        passed = told.get();
      }
      case Start.After(EventId event) -> {
        long next = event.offset() + 1;
        Missed missed =
            event.topic().equals(topicId) && event.partition() == handle.answersPartition()
                ? await(handle, OptionalLong.of(next), Math.max(next, live))
                : Missed.NOTHING;
        if (isDeleted(subscription, missed)) return Optional.empty();
        if (missed.complete()) {
          from = Math.max(next, live);
          outcome = "recovered";
          writer.write(Optional.empty(), "{\"type\":\"resumed\",\"recovered\":true}");
          for (Joined joined : deltas.ofHistory(told(missed.records()))) write(joined, writer);
        } else {
          outcome = "lost";
          var whole = new JoinedDeltas(true);
          Missed kept = everything(handle, live);
          var told = snapshot(handle, subscription, kept, false, whole, writer);
          if (told.isEmpty()) return Optional.empty();
          passed = told.get();
        }
      }
    }
    if (!(start instanceof Start.Fresh))
      meters.time(GatewayMetric.RESUMED, System.nanoTime() - begun, outcome);
    writer.write(Optional.empty(), "{\"type\":\"caught_up\"}");
    writer.flush();
    return Optional.of(new Greeted(from, passed));
  }

  private Missed everything(Handle handle, long live) throws InterruptedException {
    return await(handle, OptionalLong.empty(), live);
  }

  private Missed await(Handle handle, OptionalLong from, long to) throws InterruptedException {
    try {
      return catchUp
          .missed(handle.session(), handle.answersPartition(), from, handle.createdAtMillis(), to)
          .get(LONGEST_CATCH_UP.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return Missed.NOTHING;
    }
  }

  /**
   * Writes all that there is. What the log has lost of it, the topology is asked for; returns the
   * live records that came meanwhile, or nothing if the session is gone.
   */
  private Optional<List<AnswerRecord>> snapshot(
      Handle handle,
      Subscription subscription,
      Missed missed,
      boolean recovered,
      JoinedDeltas deltas,
      EventWriter writer)
      throws IOException, InterruptedException {
    Standing standing =
        recovered || missed.isOfDeleted()
            ? Standing.NOT_NEEDED
            : Standing.ask(snapshots, handle, subscription);
    if (standing.unknown() || isDeleted(subscription, missed)) return Optional.empty();
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "snapshot");
    json.put("recovered", recovered);
    standing.session().ifPresent(session -> json.set("session", session));
    ArrayNode events = json.putArray("events");
    Optional<String> last = Optional.empty();
    for (Joined joined : deltas.ofHistory(told(missed.records()))) {
      String id = id(handle.session(), joined);
      events.add(EventJson.of(joined, id));
      last = Optional.of(id);
    }
    writer.write(last, EventJson.text(json));
    return Optional.of(standing.passed());
  }

  private static boolean isDeleted(Subscription subscription, Missed missed) {
    return missed.isOfDeleted() || subscription.end() == Subscription.End.DELETED;
  }

  private void write(Joined joined, EventWriter writer) throws IOException {
    String id = id(joined.last().session(), joined);
    writer.write(Optional.of(id), EventJson.text(joined, id));
  }

  private String id(String session, Joined joined) {
    return ids.write(
        session, new EventId(topicId, joined.last().partition(), joined.last().offset()));
  }

  private static List<AnswerRecord> told(List<AnswerRecord> records) {
    return records.stream().filter(EventJson::isTold).toList();
  }

  private static List<AnswerRecord> behind(long from, List<AnswerRecord> records) {
    var told = new ArrayList<AnswerRecord>(records.size());
    for (AnswerRecord answer : records)
      if (answer.offset() >= from && EventJson.isTold(answer)) told.add(answer);
    return told;
  }
}
