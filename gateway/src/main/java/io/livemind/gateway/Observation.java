package io.livemind.gateway;

import io.livemind.schemas.TurnTraces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/**
 * Where a gateway's metrics and traces go.
 *
 * @param registry of whoever starts it
 * @param traces of the turns
 */
public record Observation(MeterRegistry registry, TurnTraces traces) {

  /** Nobody looks. */
  public static Observation none() {
    return new Observation(new CompositeMeterRegistry(), TurnTraces.NONE);
  }
}
