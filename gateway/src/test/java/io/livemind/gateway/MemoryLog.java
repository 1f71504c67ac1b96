package io.livemind.gateway;

import io.livemind.gateway.answers.AnswerHistory;
import io.livemind.gateway.answers.AnswerRecord;
import io.livemind.gateway.answers.AnswerSource;
import io.livemind.schemas.avro.AnswerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The topic {@code answers} in memory; any number of gateways may read it.
 *
 * <p>Threading: any thread.
 */
final class MemoryLog {
  static final int PARTITIONS = 2;

  private record Entry(AnswerRecord answer, long atMillis) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final List<List<Entry>> partitions = new ArrayList<>();
  private volatile boolean endsKnown = true;
  private final long[] earliest = new long[PARTITIONS];

  MemoryLog() {
    for (int i = 0; i < PARTITIONS; i++) partitions.add(new ArrayList<>());
  }

  void publish(String session, int partition, int turn, Object content) {
    lock.lock();
    try {
      List<Entry> entries = partitions.get(partition);
      long now = System.currentTimeMillis();
      var event = new AnswerEvent(turn, now, content);
      entries.add(new Entry(new AnswerRecord(session, partition, entries.size(), event), now));
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Retention: everything written so far is gone. */
  void forgetEverything() {
    lock.lock();
    try {
      for (int i = 0; i < PARTITIONS; i++) earliest[i] = partitions.get(i).size();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nobody learns where a partition ends. */
  void endsCannotBeHad() {
    endsKnown = false;
  }

  AnswerSource source(String topicId) {
    return new Source(topicId);
  }

  AnswerHistory history() {
    return new History();
  }

  private final class Source implements AnswerSource {
    private final String topicId;
    private final Map<Integer, Long> next = new HashMap<>();
    private boolean woken;

    Source(String topicId) {
      this.topicId = topicId;
    }

    @Override
    public String topicId() {
      return topicId;
    }

    @Override
    public int partitions() {
      return PARTITIONS;
    }

    @Override
    public Map<Integer, Long> ends(Collection<Integer> asked) {
      if (!endsKnown) throw new IllegalStateException("down");
      lock.lock();
      try {
        return asked.stream()
            .collect(Collectors.toMap(each -> each, each -> (long) partitions.get(each).size()));
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void read(Map<Integer, Long> positions) {
      next.keySet().retainAll(positions.keySet());
      positions.forEach(next::putIfAbsent);
    }

    @Override
    public void wake() {
      lock.lock();
      try {
        woken = true;
        grown.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public List<AnswerRecord> poll(Duration longest) {
      lock.lock();
      try {
        long nanos = longest.toNanos();
        List<AnswerRecord> read = unread();
        while (read.isEmpty() && nanos > 0 && !woken) {
          nanos = grown.awaitNanos(nanos);
          read = unread();
        }
        woken = false;
        return read;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of();
      } finally {
        lock.unlock();
      }
    }

    private List<AnswerRecord> unread() {
      var read = new ArrayList<AnswerRecord>();
      next.replaceAll(
          (partition, from) -> {
            List<Entry> entries = partitions.get(partition);
            for (Entry entry : entries.subList(from.intValue(), entries.size()))
              read.add(entry.answer());
            return (long) entries.size();
          });
      return read;
    }

    @Override
    public void close() {}
  }

  private final class History implements AnswerHistory {
    @Override
    public Extent extent(int partition) {
      lock.lock();
      try {
        return new Extent(earliest[partition], partitions.get(partition).size());
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long offsetAt(int partition, long atMillis) {
      lock.lock();
      try {
        List<Entry> entries = partitions.get(partition);
        for (int i = (int) earliest[partition]; i < entries.size(); i++)
          if (entries.get(i).atMillis() >= atMillis) return i;
        return entries.size();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long read(
        int partition,
        long from,
        long to,
        Predicate<String> wanted,
        Consumer<AnswerRecord> reader) {
      List<Entry> piece;
      lock.lock();
      try {
        int begin = (int) Math.max(from, earliest[partition]);
        int end = (int) Math.min(to, begin + 3L);
        piece = List.copyOf(partitions.get(partition).subList(begin, end));
        from = end;
      } finally {
        lock.unlock();
      }
      for (Entry entry : piece)
        if (wanted.test(entry.answer().session())) reader.accept(entry.answer());
      return from;
    }

    @Override
    public void wake() {}

    @Override
    public void close() {}
  }
}
