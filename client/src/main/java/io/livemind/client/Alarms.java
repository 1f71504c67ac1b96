package io.livemind.client;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** What a session is to do later; each kind at most once. Threading: one thread. */
final class Alarms {
  /** What for. */
  enum Alarm {
    /** What is typed has waited long enough. */
    SEND,
    /** The user may type again. */
    BARRED,
    /** Try again to connect. */
    CONNECT,
    /** Nothing has been confirmed for too long. */
    UNCONFIRMED,
    /** Nothing was heard of the gateway for too long. */
    SILENT
  }

  private static final Duration FAR = Duration.ofMinutes(1);

  private final LongSupplier nanoClock;
  private final Map<Alarm, Long> dueNanos = new EnumMap<>(Alarm.class);

  Alarms(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  void set(Alarm alarm, Duration from) {
    dueNanos.put(alarm, nanoClock.getAsLong() + from.toNanos());
  }

  boolean isSet(Alarm alarm) {
    return dueNanos.containsKey(alarm);
  }

  void clear(Alarm alarm) {
    dueNanos.remove(alarm);
  }

  /** Takes an alarm that is due. */
  boolean take(Alarm alarm) {
    Long due = dueNanos.get(alarm);
    if (due == null || due - nanoClock.getAsLong() > 0) return false;
    dueNanos.remove(alarm);
    return true;
  }

  /** Until the next one; a minute at most. */
  long nextNanos() {
    if (dueNanos.isEmpty()) return FAR.toNanos();
    return Math.max(0, Collections.min(dueNanos.values()) - nanoClock.getAsLong());
  }
}
