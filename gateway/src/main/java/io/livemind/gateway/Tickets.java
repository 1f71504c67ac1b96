package io.livemind.gateway;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tickets for browsers, which can put no token into the headers of a WebSocket or an event stream:
 * a ticket stands in the URL instead, is good once, for 30 s, at this gateway. What is left of it
 * in a log is worth nothing.
 *
 * <p>Threading: any thread.
 *
 * <p>10,000 may be open at a time; then the oldest is forgotten.
 */
final class Tickets {
  static final Duration GOOD_FOR = Duration.ofSeconds(30);

  private static final int MOST = 10_000;
  private static final int LENGTH = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Open(Caller caller, long untilMillis) {}

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Open> open =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Open> eldest) {
          return size() > MOST || eldest.getValue().untilMillis() <= clock.getAsLong();
        }
      };

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
      return Optional.ofNullable(open.remove(ticket))
          .filter(found -> found.untilMillis() > clock.getAsLong())
          .map(Open::caller);
    } finally {
      lock.unlock();
    }
  }
}
