package io.livemind.gateway;

import io.livemind.gateway.handle.Owner;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tickets for browsers, which can put no token into the headers of a WebSocket or an event stream:
 * a ticket stands in the URL instead, is good once, for 30 s, at this gateway. What is left of it
 * in a log is worth nothing.
 *
 * <p>Threading: any thread.
 *
 * <p>100 of a user may be open at a time, and 10,000 in all; then the oldest one of the user, or of
 * all, is forgotten.
 */
final class Tickets {
  static final Duration GOOD_FOR = Duration.ofSeconds(30);

  private static final int MOST = 10_000;
  private static final int MOST_OF_ONE = 100;
  private static final int LENGTH = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Open(Caller caller, long untilMillis) {}

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Open> open = new LinkedHashMap<>();

  /** The open tickets of each user, the oldest first. */
  private final Map<Owner, ArrayDeque<String>> ofOwner = new HashMap<>();

  /**
   * @param clock milliseconds since the epoch
   */
  Tickets(LongSupplier clock) {
    this.clock = clock;
  }

  /** A new ticket, 128 random bits. */
  String draw(Caller caller) {
    byte[] bits = new byte[LENGTH];
    RANDOM.nextBytes(bits);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    lock.lock();
    try {
      forgetOldest();
      var own = ofOwner.computeIfAbsent(caller.owner(), _ -> new ArrayDeque<>());
      if (own.size() >= MOST_OF_ONE) open.remove(own.removeFirst());
      own.addLast(ticket);
      open.put(ticket, new Open(caller, clock.getAsLong() + GOOD_FOR.toMillis()));
    } finally {
      lock.unlock();
    }
    return ticket;
  }

  /** Whose it is; it is good for nothing afterwards. */
  Optional<Caller> redeem(String ticket) {
    lock.lock();
    try {
      return Optional.ofNullable(taken(ticket))
          .filter(found -> found.untilMillis() > clock.getAsLong())
          .map(Open::caller);
    } finally {
      lock.unlock();
    }
  }

  /** Those whose time is over, and one that is too many. */
  private void forgetOldest() {
    while (!open.isEmpty()) {
      var oldest = open.entrySet().iterator().next();
      boolean over = oldest.getValue().untilMillis() <= clock.getAsLong();
      if (!over && open.size() < MOST) return;
      taken(oldest.getKey());
    }
  }

  private @Nullable Open taken(String ticket) {
    Open taken = open.remove(ticket);
    if (taken != null)
      ofOwner.computeIfPresent(
          taken.caller().owner(),
          (_, own) -> {
            own.remove(ticket);
            return own.isEmpty() ? null : own;
          });
    return taken;
  }
}
