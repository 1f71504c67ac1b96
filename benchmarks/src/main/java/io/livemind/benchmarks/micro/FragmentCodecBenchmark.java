package io.livemind.benchmarks.micro;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A fragment to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FragmentCodecBenchmark {
  private final AvroSerde<Fragment> serde = Topics.SCHEMAS.serde(Fragment.class);
  private final Fragment fragment =
      new Fragment(1L, 17L, 0, 1, 1_790_000_000_000L, new Append("harbour "));
  private final byte[] bytes = serde.encode(fragment);

  @Benchmark
  public byte[] encode() {
    return serde.encode(fragment);
  }

  @Benchmark
  public Fragment decode() {
    return serde.decode(bytes);
  }
}
