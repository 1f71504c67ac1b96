package io.livemind.gateway;

import io.livemind.gateway.handle.Owner;
import java.util.OptionalLong;

/**
 * Who makes a request.
 *
 * @param untilMillis when the proof of it expires, milliseconds since the epoch; empty: it does not
 */
record Caller(Owner owner, OptionalLong untilMillis) {
  static final Caller NOBODY = new Caller(Owner.NOBODY, OptionalLong.empty());

  /** A caller whose proof does not expire. */
  static Caller of(Owner owner) {
    return new Caller(owner, OptionalLong.empty());
  }

  boolean isExpired(long nowMillis) {
    return untilMillis.isPresent() && untilMillis.getAsLong() <= nowMillis;
  }
}
