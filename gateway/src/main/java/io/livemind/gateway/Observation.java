package io.livemind.gateway;

import io.livemind.schemas.TurnTraces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a gateway's metrics and traces go.
 *
 * @param registry of whoever starts it
 * @param scrape all of the process's metrics in Prometheus' text form, for {@code /metrics} on the
 *     admin port; empty: there is no such page
 * @param traces of the turns
 */
public record Observation(
    MeterRegistry registry, Optional<Supplier<String>> scrape, TurnTraces traces) {

  /** Without traces. */
  public Observation(MeterRegistry registry, Optional<Supplier<String>> scrape) {
    this(registry, scrape, TurnTraces.NONE);
  }

  /** Nobody looks. */
  public static Observation none() {
    return new Observation(new CompositeMeterRegistry(), Optional.empty());
  }
}
