package io.livemind.topology;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session after the other at a tick. A step that fails harms no other session's: the first
 * failure is thrown when all have had their turn, and is told as a record's is.
 */
final class EachSession {
  /** A step that failed is tried again after a while: what fails by itself fails each time. */
  static final int PAUSE_MILLIS = 10_000;

  private EachSession() {}

  /**
   * Takes the step of each.
   *
   * @param failed is told of each session whose step failed
   * @throws RuntimeException the first failure, with the others suppressed; at once, if it is the
   *     thread's: see {@link ThreadFailures}
   */
  static void of(Collection<String> sessions, Consumer<String> step, Consumer<String> failed) {
    @Nullable RuntimeException first = null;
    for (String session : sessions) {
      try {
        step.accept(session);
      } catch (RuntimeException e) {
        if (ThreadFailures.is(e)) throw e;
        if (first == null) first = e;
        else first.addSuppressed(e);
        failed.accept(session);
      }
    }
    if (first != null) throw first;
  }
}
