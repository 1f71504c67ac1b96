package io.livemind.benchmarks.micro;

import com.sun.management.ThreadMXBean;
import io.livemind.benchmarks.harness.Publishing;
import io.livemind.benchmarks.harness.Report;
import io.livemind.benchmarks.harness.Table;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What a fragment costs behind prompts of four lengths, by the processor's own clock: the lengths
 * take turns, and the medians are compared, so that a busy machine changes little. {@link
 * FragmentCostBenchmark} measures the same by the wall clock.
 */
@Command(
    name = "fragment-cost",
    description = "CPU, allocation and changelog of a fragment behind prompts of four lengths.")
public final class FragmentCost implements Callable<Integer> {
  private static final List<Integer> LENGTHS = List.of(200, 2_000, 20_000, 200_000);
  private static final int LONGEST = 200_000;
  private static final int WARM_UP = 100;
  private static final int WARM_UP_EDITS = 20;
  private static final int EDITS = 40;
  private static final int ROUNDS = 200;

  /** Sentences of a round. */
  private static final int SENTENCES = 100;

  private static final int FRAGMENTS = SENTENCES * TypedFragments.fragmentsOfASentence();

  private record Round(long cpuNanos, long allocatedBytes, long changelogBytes) {}

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Mixin private Publishing publishing = new Publishing();

  @Override
  public Integer call() {
    var report =
        new Report("fragment-cost", "What a fragment costs", "benchmarks/run fragment-cost");
    report.line("Of a fragment, in parentheses against the shortest prompt.");
    report.line("");
    measure(report, "appended words", TypedFragments::typeSentence);
    measure(report, "edits of the open text", TypedFragments::editOpenText);
    measureEditsOfClosedText(report);
    publishing.publish(report);
    return 0;
  }

  /** What lies behind the edit is cut again, hashed and stored: in proportion to its length. */
  private void measureEditsOfClosedText(Report report) {
    var table =
        new Table(
            "an edit of closed text, with so much behind it",
            "CPU µs",
            "CPU µs of 1,000 units",
            "changelog bytes of a unit");
    for (int behind : LENGTHS) {
      var typed = new TypedFragments(LONGEST);
      List<Round> rounds = new ArrayList<>();
      for (int i = -WARM_UP_EDITS; i < EDITS; i++) {
        Round cost = round(typed, 1, one -> one.editClosedText(behind));
        if (i >= 0) rounds.add(cost);
      }
      double micros = median(rounds, Round::cpuNanos) / 1_000;
      table.row(
          behind + " UTF-16 units",
          "%.0f".formatted(micros),
          "%.1f".formatted(micros * 1_000 / behind),
          "%.2f".formatted(median(rounds, Round::changelogBytes) / behind));
    }
    report.line("In a prompt of " + LONGEST + " UTF-16 units:");
    report.line("");
    report.table(table);
  }

  private void measure(Report report, String what, Consumer<TypedFragments> step) {
    List<TypedFragments> typed = LENGTHS.stream().map(TypedFragments::new).toList();
    List<List<Round>> rounds = LENGTHS.stream().<List<Round>>map(_ -> new ArrayList<>()).toList();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int i = 0; i < LENGTHS.size(); i++) {
        Round cost = round(typed.get(i), SENTENCES, step);
        if (round >= 0) rounds.get(i).add(cost);
      }
    }
    var table = new Table(what + " behind", "CPU µs", "allocated bytes", "changelog bytes");
    for (int i = 0; i < LENGTHS.size(); i++) {
      table.row(
          LENGTHS.get(i) + " UTF-16 units",
          cell(rounds, i, round -> round.cpuNanos() / 1_000.0, "%.2f"),
          cell(rounds, i, Round::allocatedBytes, "%.0f"),
          cell(rounds, i, Round::changelogBytes, "%.0f"));
    }
    report.table(table);
  }

  private Round round(TypedFragments typed, int times, Consumer<TypedFragments> step) {
    long changelog = typed.changelogBytes();
    long allocated = thread.getCurrentThreadAllocatedBytes();
    long cpu = thread.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) step.accept(typed);
    return new Round(
        thread.getCurrentThreadCpuTime() - cpu,
        thread.getCurrentThreadAllocatedBytes() - allocated,
        typed.changelogBytes() - changelog);
  }

  /** A figure of a round. */
  @FunctionalInterface
  private interface Figure {
    double of(Round round);
  }

  private static String cell(List<List<Round>> rounds, int i, Figure figure, String format) {
    double median = median(rounds.get(i), figure);
    return (format + " (%.2f)")
        .formatted(median / FRAGMENTS, median / median(rounds.get(0), figure));
  }

  private static double median(List<Round> rounds, Figure figure) {
    return rounds.stream()
        .mapToDouble(figure::of)
        .sorted()
        .skip(rounds.size() / 2)
        .findFirst()
        .orElseThrow();
  }
}
