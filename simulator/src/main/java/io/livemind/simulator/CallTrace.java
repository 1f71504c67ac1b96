package io.livemind.simulator;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happens to one call, until it ends and becomes a {@link ServedCall}.
 *
 * <p>Threading: the thread that responds.
 */
final class CallTrace {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ChatCall call;
  private final ServedLog log;
  private final long arrivedEpochMillis;
  private Optional<Fault> fault = Optional.empty();
  private OptionalLong admittedNanos = OptionalLong.empty();
  private OptionalLong firstTokenNanos = OptionalLong.empty();
  private Usage usage = new Usage(0, 0, 0);
  private int status;
  private int sentTokens;
  private boolean ended;
  private Optional<ServedCall> last = Optional.empty();

  CallTrace(ChatCall call, ServedLog log) {
    this.call = call;
    this.log = log;
    long sinceArrival = (System.nanoTime() - call.arrivedNanos()) / NANOS_PER_MILLI;
    this.arrivedEpochMillis = System.currentTimeMillis() - sinceArrival;
  }

  void fault(Optional<Fault> put) {
    fault = put;
  }

  void admitted(Usage counted) {
    admittedNanos = OptionalLong.of(System.nanoTime());
    usage = counted;
  }

  /**
   * {@link System#nanoTime} at which the call's time begins: its arrival, or its place later on.
   */
  long startNanos(boolean queued) {
    return queued ? admittedNanos.orElse(call.arrivedNanos()) : call.arrivedNanos();
  }

  void responded(int withStatus) {
    status = withStatus;
  }

  /** The reply's first tokens, up to this one, have been sent. */
  void sent(int tokens) {
    if (firstTokenNanos.isEmpty()) firstTokenNanos = OptionalLong.of(System.nanoTime());
    sentTokens = tokens;
  }

  long createdEpochSeconds() {
    return arrivedEpochMillis / 1_000;
  }

  /** The reply is about to be in the client's hands as a whole. */
  void whole() {
    end(false, true);
  }

  /** Ended without the whole reply; does nothing if the call has ended already. */
  void cut(boolean clientGone) {
    end(clientGone, false);
  }

  /** The last write failed after {@link #whole}. */
  void undone() {
    ended = false;
    log.remove(call.number());
    end(true, false);
  }

  /** The call as it is kept; empty before it has ended. */
  Optional<ServedCall> served() {
    return last;
  }

  private void end(boolean cancelled, boolean whole) {
    if (ended) return;
    ended = true;
    var served =
        new ServedCall(
            call.number(),
            call.session().orElse(""),
            call.turn().orElse(0),
            call.step().orElse(0),
            call.kind(),
            call.model(),
            call.messages(),
            fault,
            status,
            cancelled,
            whole,
            usage.promptTokens(),
            usage.cachedTokens(),
            sentTokens,
            call.arrivedNanos(),
            admittedNanos,
            firstTokenNanos,
            System.nanoTime(),
            arrivedEpochMillis);
    log.add(served);
    last = Optional.of(served);
  }
}
