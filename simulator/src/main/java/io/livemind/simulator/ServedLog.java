package io.livemind.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls that ended, in the order of their ends, bounded in number and in the characters of
 * their messages: for one call too many the oldest is dropped, for one character too many the
 * oldest lose their messages and stay.
 *
 * <p>Threading: any thread.
 */
final class ServedLog {
  private final int callLimit;
  private final long characterLimit;
  private final LinkedHashMap<Long, ServedCall> calls = new LinkedHashMap<>();

  /** Numbers of those that still have their messages, the oldest first. */
  private final LinkedHashSet<Long> withMessages = new LinkedHashSet<>();

  private final Map<String, Set<Long>> bySession = new LinkedHashMap<>();
  private long characters;
  private long dropped;

  ServedLog(int callLimit, long characterLimit) {
    this.callLimit = callLimit;
    this.characterLimit = characterLimit;
  }

  synchronized void add(ServedCall call) {
    calls.put(call.number(), call);
    withMessages.add(call.number());
    bySession.computeIfAbsent(call.session(), key -> new LinkedHashSet<>()).add(call.number());
    characters += characters(call);
    while (calls.size() > callLimit) {
      unlink(calls.pollFirstEntry().getValue());
      dropped++;
    }
    while (characters > characterLimit) strip(withMessages.removeFirst());
  }

  private void strip(long number) {
    ServedCall call = calls.get(number);
    if (call == null) return;
    characters -= characters(call);
    calls.put(number, call.withoutMessages());
  }

  synchronized void remove(long number) {
    ServedCall call = calls.remove(number);
    if (call != null) unlink(call);
  }

  synchronized void forget(String session) {
    Set<Long> numbers = bySession.remove(session);
    if (numbers == null) return;
    for (long number : numbers) {
      ServedCall call = calls.remove(number);
      withMessages.remove(number);
      if (call != null) characters -= characters(call);
    }
  }

  synchronized List<ServedCall> all() {
    return List.copyOf(calls.values());
  }

  synchronized List<ServedCall> of(String session) {
    var found = new ArrayList<ServedCall>();
    for (long number : bySession.getOrDefault(session, Set.of())) {
      ServedCall call = calls.get(number);
      if (call != null) found.add(call);
    }
    return List.copyOf(found);
  }

  /** Calls that were dropped because of the bounds. */
  synchronized long dropped() {
    return dropped;
  }

  private void unlink(ServedCall call) {
    characters -= characters(call);
    withMessages.remove(call.number());
    Set<Long> numbers = bySession.get(call.session());
    if (numbers == null) return;
    numbers.remove(call.number());
    if (numbers.isEmpty()) bySession.remove(call.session());
  }

  private static long characters(ServedCall call) {
    long sum = 0;
    for (ChatMessage message : call.messages()) sum += message.content().length();
    return sum;
  }
}
