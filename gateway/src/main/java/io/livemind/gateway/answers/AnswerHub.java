package io.livemind.gateway.answers;

import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.problem.Problem;
import io.livemind.gateway.problem.ProblemCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Gives each live record to the subscriptions of its session, and knows which partitions are read,
 * and how far: the gateway's own always, and those of sessions that came from other gateways while
 * somebody here reads them and a minute longer.
 *
 * <p>Threading: one thread publishes, any thread subscribes. Both happen under one lock, so that a
 * subscription gets exactly the records from its {@link Subscription#liveFrom()} on. Nothing is
 * written to a socket here.
 *
 * <p>Waiting: {@link #subscribe} for the end of a partition that was not read, 10 s, then {@code
 * unavailable}; one look-up serves all that ask for a partition at a time.
 */
public final class AnswerHub {
  private static final long NOT_READ = -1;
  private static final Duration KEPT = Duration.ofMinutes(1);

  /** For whoever writes, to tell its client that the answer will not come. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final AnswerSource source;
  private final List<Integer> own;
  private final int bound;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, List<Subscription>> subscriptions = new HashMap<>();
  private final Place[] places;
  private final Condition lastLeft = lock.newCondition();
  private int staying;
  private boolean changed = true;
  private Optional<Subscription.End> closed = Optional.empty();

  /** What is known of one partition. */
  private static final class Place {
    private final ReentrantLock lookUp = new ReentrantLock();
    private long next = NOT_READ;
    private int readers;
    private long leftAtNanos;
  }

  /**
   * @param most partitions that this gateway has of its own
   * @param bound records that may wait for one client
   * @param nanoClock nanoseconds from any moment on
   * @throws IllegalStateException if the log cannot be asked
   */
  public AnswerHub(
      AnswerSource source, String gateway, int most, int bound, LongSupplier nanoClock) {
    this.source = source;
    this.own = OwnPartitions.of(gateway, source.partitions(), most);
    this.bound = bound;
    this.nanoClock = nanoClock;
    places = new Place[source.partitions()];
    Arrays.setAll(places, _ -> new Place());
    source.ends(own).forEach((partition, end) -> places[partition].next = end);
  }

  /** Partitions of {@code answers}. */
  public int partitions() {
    return places.length;
  }

  /** A partition for a new session. */
  public int drawPartition() {
    return own.get(ThreadLocalRandom.current().nextInt(own.size()));
  }

  /** How many partitions are read. */
  public int read() {
    lock.lock();
    try {
      return (int) Arrays.stream(places).filter(place -> place.next != NOT_READ).count();
    } finally {
      lock.unlock();
    }
  }

  /** The live events of a session from this moment on; to be given back with {@link #leave}. */
  public Subscription subscribe(Handle handle, Runnable onSlow) {
    return subscribe(handle, onSlow, false);
  }

  /**
   * The same for a client that cannot go on at another gateway: the subscription outlasts {@link
   * #close}, up to {@link #awaitLast}.
   */
  public Subscription subscribeToTheEnd(Handle handle) {
    return subscribe(handle, () -> {}, true);
  }

  private Subscription subscribe(Handle handle, Runnable onSlow, boolean stays) {
    int partition = handle.answersPartition();
    Place place = places[partition];
    while (true) {
      lock.lock();
      try {
        if (place.next != NOT_READ) {
          place.readers++;
          if (stays) staying++;
          var subscription =
              new Subscription(handle.session(), partition, place.next, bound, onSlow, stays);
          closed.ifPresent(subscription::end);
          subscriptions.merge(handle.session(), List.of(subscription), AnswerHub::joined);
          return subscription;
        }
      } finally {
        lock.unlock();
      }
      reach(partition);
    }
  }

  /** Has a partition read from its end on, if it is not. */
  private void reach(int partition) {
    Place place = places[partition];
    place.lookUp.lock();
    try {
      if (isRead(place)) return;
      long end = source.ends(List.of(partition)).getOrDefault(partition, 0L);
      lock.lock();
      try {
        place.next = end;
        place.leftAtNanos = nanoClock.getAsLong();
        changed = true;
      } finally {
        lock.unlock();
      }
      source.wake();
    } catch (IllegalStateException e) {
      throw Problem.of(ProblemCode.UNAVAILABLE, "The log cannot be read at the moment: try again.");
    } finally {
      place.lookUp.unlock();
    }
  }

  private boolean isRead(Place place) {
    lock.lock();
    try {
      return place.next != NOT_READ;
    } finally {
      lock.unlock();
    }
  }

  /**
   * For the thread that publishes, before each poll: by partition what is to be read, and from
   * where, if that is not what it was told last. What nobody waits for any more is not in it.
   */
  Optional<Map<Integer, Long>> changes() {
    lock.lock();
    try {
      for (int i = 0; i < places.length; i++) {
        Place place = places[i];
        if (place.next == NOT_READ || place.readers > 0 || own.contains(i)) continue;
        if (nanoClock.getAsLong() - place.leftAtNanos < KEPT.toNanos()) continue;
        place.next = NOT_READ;
        changed = true;
      }
      if (!changed) return Optional.empty();
      changed = false;
      var positions = new HashMap<Integer, Long>();
      for (int i = 0; i < places.length; i++)
        if (places[i].next != NOT_READ) positions.put(i, places[i].next);
      return Optional.of(positions);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a subscription. */
  public void leave(Subscription subscription) {
    subscription.end(Subscription.End.LEFT);
    lock.lock();
    try {
      subscriptions.computeIfPresent(
          subscription.session(),
          (_, present) -> {
            List<Subscription> rest =
                present.stream().filter(other -> other != subscription).toList();
            if (rest.size() < present.size()) left(subscription);
            return rest.isEmpty() ? null : rest;
          });
    } finally {
      lock.unlock();
    }
  }

  private void left(Subscription subscription) {
    Place place = places[subscription.partition()];
    place.readers--;
    place.leftAtNanos = nanoClock.getAsLong();
    if (subscription.stays() && --staying == 0) lastLeft.signalAll();
  }

  void publish(List<AnswerRecord> records) {
    lock.lock();
    try {
      for (AnswerRecord answer : records) {
        Place place = places[answer.partition()];
        // A partition that was left and reached again may bring what lies before.
        if (place.next == NOT_READ || answer.offset() < place.next) continue;
        place.next = answer.offset() + 1;
        for (var subscription : subscriptions.getOrDefault(answer.session(), List.of()))
          if (answer.isDeletion()) subscription.end(Subscription.End.DELETED);
          else subscription.offer(answer);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the subscriptions of a session. */
  public void end(String session, Subscription.End reason) {
    lock.lock();
    try {
      subscriptions.getOrDefault(session, List.of()).forEach(each -> each.end(reason));
    } finally {
      lock.unlock();
    }
  }

  /** Ends all subscriptions but those that stay, and from now on each one as soon as it is made. */
  public void close(Subscription.End reason) {
    lock.lock();
    try {
      closed = Optional.of(reason);
      end(reason, false);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until those that stay have left, and ends the ones that have not after this time.
   *
   * @return whether all have left by themselves
   */
  public boolean awaitLast(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaitNoneStays(longest);
      boolean all = staying == 0;
      end(Subscription.End.GOING_AWAY, true);
      awaitNoneStays(LAST_WORDS);
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void awaitNoneStays(Duration longest) throws InterruptedException {
    long nanos = longest.toNanos();
    while (staying > 0 && nanos > 0) nanos = lastLeft.awaitNanos(nanos);
  }

  private void end(Subscription.End reason, boolean staysToo) {
    for (List<Subscription> ofSession : subscriptions.values())
      for (Subscription each : ofSession) if (staysToo || !each.stays()) each.end(reason);
  }

  /** Connections that wait for events. */
  public int size() {
    lock.lock();
    try {
      return subscriptions.values().stream().mapToInt(List::size).sum();
    } finally {
      lock.unlock();
    }
  }

  private static List<Subscription> joined(List<Subscription> some, List<Subscription> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
