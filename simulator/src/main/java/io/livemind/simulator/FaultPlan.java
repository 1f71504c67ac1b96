package io.livemind.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which calls meet a fault without asking for it, and how the faults behave.
 *
 * @param rates share of the calls that meet each fault, from 0 to 1; together at most 1. A rate of
 *     1 puts the fault on every call
 * @param seed the call with a given number meets the same fault in each run with the same seed
 * @param retryAfter told to a client that is rate limited; whole seconds, at least 1 s
 * @param stallLimit when a stall ends at the latest, by closing the connection
 */
public record FaultPlan(
    Map<Fault, Double> rates, long seed, Duration retryAfter, Duration stallLimit) {
  /** No faults but those that a request asks for. */
  public static final FaultPlan NONE =
      new FaultPlan(Map.of(), 0, Duration.ofSeconds(1), Duration.ofMinutes(1));

  public FaultPlan {
    var ordered = new EnumMap<Fault, Double>(Fault.class);
    double sum = 0;
    for (var rate : rates.entrySet()) {
      if (!(rate.getValue() >= 0 && rate.getValue() <= 1))
        throw new IllegalArgumentException(
            "simulator.faults."
                + rate.getKey().code()
                + " must be a rate from 0 to 1, but is "
                + rate.getValue());
      ordered.put(rate.getKey(), rate.getValue());
      sum += rate.getValue();
    }
    if (sum > 1 + 1e-9)
      throw new IllegalArgumentException(
          "simulator.faults must be at most 1 together, but are " + sum + ": lower some");
    if (retryAfter.compareTo(Duration.ofSeconds(1)) < 0
        || !retryAfter.equals(Duration.ofSeconds(retryAfter.toSeconds())))
      throw new IllegalArgumentException(
          "simulator.retry-after must be whole seconds, 1 or more, but is " + retryAfter);
    if (!stallLimit.isPositive())
      throw new IllegalArgumentException(
          "simulator.stall-limit must be above 0, but is " + stallLimit);
    rates = Collections.unmodifiableMap(ordered);
  }

  /** One fault on a share of the calls. */
  public static FaultPlan of(Fault fault, double rate, long seed) {
    return NONE.withRates(Map.of(fault, rate), seed);
  }

  /** The same with these rates. */
  public FaultPlan withRates(Map<Fault, Double> newRates, long newSeed) {
    return new FaultPlan(newRates, newSeed, retryAfter, stallLimit);
  }

  /** The same with another end of stalls. */
  public FaultPlan withStallLimit(Duration limit) {
    return new FaultPlan(rates, seed, retryAfter, limit);
  }

  /** The same with another time to wait. */
  public FaultPlan withRetryAfter(Duration wait) {
    return new FaultPlan(rates, seed, wait, stallLimit);
  }

  /** What the call of this number meets. */
  Optional<Fault> drawn(long callNumber) {
    if (rates.isEmpty()) return Optional.empty();
    double draw = new SplittableRandom(Mix.of(seed, callNumber)).nextDouble();
    for (var rate : rates.entrySet()) {
      draw -= rate.getValue();
      if (draw < 0) return Optional.of(rate.getKey());
    }
    return Optional.empty();
  }
}
