package io.livemind.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a gateway's metrics go.
 *
 * @param registry of whoever starts it
 * @param scrape all of the process's metrics in Prometheus' text form, for {@code /metrics} on the
 *     admin port; empty: there is no such page
 */
public record Observation(MeterRegistry registry, Optional<Supplier<String>> scrape) {

  /** Nobody looks. */
  public static Observation none() {
    return new Observation(new CompositeMeterRegistry(), Optional.empty());
  }
}
