package io.livemind.benchmarks.micro;

import io.livemind.topology.Timers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Timers cost what expires, and not what exists. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimersBenchmark {
  private static final long EXPIRY_MILLIS = 86_400_000;
  private static final int TICK_MILLIS = 50;

  @Param({"100", "1000000"})
  private int sessions;

  private Timers timers = new Timers();
  private String[] names = {};
  private long nowMillis;
  private int next;

  @Setup
  public void open() {
    timers = new Timers();
    names = new String[sessions];
    nowMillis = 0;
    for (int i = 0; i < sessions; i++) {
      names[i] = "session-" + i;
      timers.set(names[i], EXPIRY_MILLIS + i);
    }
  }

  /** A tick at which nothing is due. */
  @Benchmark
  public List<String> tick() {
    return timers.due(nowMillis);
  }

  /** One session's lease is set, runs out, and the session waits for its expiry again. */
  @Benchmark
  public List<String> expire() {
    String session = names[next];
    next = (next + 1) % sessions;
    timers.set(session, nowMillis + 1);
    List<String> due = timers.due(nowMillis + 1);
    timers.set(session, nowMillis + EXPIRY_MILLIS);
    return due;
  }

  /** A fragment moves the expiry of its session. */
  @Benchmark
  public void postpone() {
    timers.set(names[next], nowMillis + EXPIRY_MILLIS + TICK_MILLIS);
    next = (next + 1) % sessions;
  }
}
