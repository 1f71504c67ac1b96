package io.livemind.benchmarks.harness;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Whose threads used the processor between two moments. */
public final class ThreadCpu {
  /** Whose threads, told by their names; the first that fits. */
  public enum Owner {
    TOPOLOGY("topology", name -> name.contains("StreamThread") && !name.startsWith("kafka-")),
    TOPOLOGY_PRODUCER(
        "topology's producer",
        name -> name.startsWith("kafka-producer") && name.contains("StreamThread")),
    BROKER(
        "broker",
        name ->
            name.startsWith("data-plane")
                || name.startsWith("executor-")
                || name.contains("coordinator-event-processor")
                || name.contains("BrokerToController")
                || name.startsWith("raft-")
                || name.startsWith("quorum-")
                || name.contains("kafka-scheduler")
                || name.contains("share-group")
                || name.contains("persister")),
    WORKER(
        "worker",
        name ->
            name.startsWith("benchmark-")
                || name.startsWith("ForkJoinPool")
                || name.startsWith("delta")
                || name.startsWith("kafka-share")
                || name.contains("share_consumer")
                || name.contains("worker")),
    LOAD("people who type and read", name -> name.equals("main") || name.equals("answer-reader")),
    CLIENTS("other clients' network threads", name -> name.startsWith("kafka-")),
    OTHER("other threads", _ -> true),
    /** Seen as the rest of the process's time. */
    NATIVE("compiler, collector, RocksDB's own", _ -> false);

    private final String text;
    private final Predicate<String> owns;

    Owner(String text, Predicate<String> owns) {
      this.text = text;
      this.owns = owns;
    }

    /** As it stands in a table. */
    public String text() {
      return text;
    }

    private static Owner of(String threadName) {
      for (Owner owner : values()) if (owner.owns.test(threadName)) return owner;
      return OTHER;
    }
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<Long, Long> before = times();
  private final long processBefore = ProcessCpu.nanos();

  /** Nanoseconds by owner since this was made. */
  public Map<Owner, Long> used() {
    Map<Owner, Long> used = new EnumMap<>(Owner.class);
    long seen = 0;
    for (var now : times().entrySet()) {
      ThreadInfo thread = THREADS.getThreadInfo(now.getKey());
      if (thread == null) continue;
      long nanos = now.getValue() - before.getOrDefault(now.getKey(), 0L);
      used.merge(Owner.of(thread.getThreadName()), nanos, Long::sum);
      seen += nanos;
    }
    used.put(Owner.NATIVE, Math.max(0, ProcessCpu.nanos() - processBefore - seen));
    return used;
  }

  private static Map<Long, Long> times() {
    Map<Long, Long> times = new HashMap<>();
    for (long id : THREADS.getAllThreadIds()) {
      long nanos = THREADS.getThreadCpuTime(id);
      if (nanos > 0) times.put(id, nanos);
    }
    return times;
  }
}
