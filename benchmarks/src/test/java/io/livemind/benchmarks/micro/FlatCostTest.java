package io.livemind.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A fragment costs the same behind 200 and behind 200,000 characters. */
class FlatCostTest {
  private static final int WARM_UP = 500;
  private static final int SENTENCES = 200;
  private static final double LARGEST_RATIO = 1.1;

  private record Cost(long allocatedBytes, long changelogBytes) {}

  private final TypedFragments shortPrompt = new TypedFragments(200);
  private final TypedFragments longPrompt = new TypedFragments(200_000);

  @Test
  void anAppendDoesNotCostMoreBehindALongPrompt() {
    assertFlat(TypedFragments::typeSentence);
  }

  @Test
  void anEditOfOpenTextDoesNotCostMoreBehindALongPrompt() {
    assertFlat(TypedFragments::editOpenText);
  }

  private void assertFlat(Consumer<TypedFragments> step) {
    for (int i = 0; i < WARM_UP; i++) {
      step.accept(shortPrompt);
      step.accept(longPrompt);
    }

    Cost before = cost(shortPrompt, step);
    Cost after = cost(longPrompt, step);

    assertThat((double) after.allocatedBytes() / before.allocatedBytes()).isLessThan(LARGEST_RATIO);
    assertThat((double) after.changelogBytes() / before.changelogBytes()).isLessThan(LARGEST_RATIO);
  }

  private static Cost cost(TypedFragments typed, Consumer<TypedFragments> step) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long changelog = typed.changelogBytes();
    for (int i = 0; i < SENTENCES; i++) step.accept(typed);
    return new Cost(
        threads.getCurrentThreadAllocatedBytes() - allocated, typed.changelogBytes() - changelog);
  }
}
