package io.livemind.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a sentence costs that is typed word by word behind a prompt of a length: time, allocated
 * bytes (with {@code -prof gc}) and bytes of the changelog must not depend on the length.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FragmentCostBenchmark {

  /** UTF-16 units of the prompt before. */
  @Param({"200", "2000", "20000", "200000"})
  private int length;

  private TypedFragments typed = new TypedFragments(0);

  /** Bytes for the changelog, per operation. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Changelog {
    private long bytes;
    private long sentences;

    @Setup(Level.Iteration)
    public void clear() {
      bytes = 0;
      sentences = 0;
    }

    /** Of a sentence. */
    public long changelogBytes() {
      return sentences == 0 ? 0 : bytes / sentences;
    }
  }

  @Setup
  public void type() {
    typed = new TypedFragments(length);
  }

  @Benchmark
  public void append(Changelog changelog) {
    long before = typed.changelogBytes();
    typed.typeSentence();
    changelog.bytes += typed.changelogBytes() - before;
    changelog.sentences++;
  }

  @Benchmark
  public void editOpenText(Changelog changelog) {
    long before = typed.changelogBytes();
    typed.editOpenText();
    changelog.bytes += typed.changelogBytes() - before;
    changelog.sentences++;
  }
}
