package io.livemind.topology.state;

import io.livemind.schemas.avro.SessionOptions;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sets of options by their digest, read at every fragment: few differ, so that the ones in use are
 * held once for all sessions of a process. Clients write some of their text themselves, so the
 * bound is on what the sets hold, not on how many there are; those that were used latest stay.
 *
 * <p>Threading: any thread; a set is read from a store outside the lock.
 */
public final class KnownOptions {
  /** Units that a process holds: 8 MB of text. */
  public static final int UNITS = 4_194_304;

  /** What a set takes beside its text, in units: the record, its entry and its headers. */
  private static final int FRAME = 256;

  private final Map<Long, SessionOptions> latestUsed = new LinkedHashMap<>(16, 0.75f, true);
  private final int bound;
  private long held;

  /**
   * None at first.
   *
   * @param bound UTF-16 units of all sets together
   */
  public KnownOptions(int bound) {
    this.bound = bound;
  }

  /** The options with this digest, which are read if they are not held. */
  public SessionOptions of(long digest, Supplier<SessionOptions> stored) {
    @Nullable SessionOptions known = known(digest);
    if (known != null) return known;
    SessionOptions read = stored.get();
    hold(digest, read);
    return read;
  }

  private synchronized @Nullable SessionOptions known(long digest) {
    return latestUsed.get(digest);
  }

  private synchronized void hold(long digest, SessionOptions options) {
    if (latestUsed.put(digest, options) == null) held += units(options);
    Iterator<SessionOptions> longestUnused = latestUsed.values().iterator();
    while (held > bound) {
      held -= units(longestUnused.next());
      longestUnused.remove();
    }
  }

  /** UTF-16 units that all sets hold. */
  synchronized long held() {
    return held;
  }

  static int units(SessionOptions options) {
    return FRAME
        + options.getInferenceModel().length()
        + options.getOutputModel().length()
        + options.getSystem().map(String::length).orElse(0)
        + options.getAnswerFormat().map(String::length).orElse(0);
  }
}
