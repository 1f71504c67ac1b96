package io.livemind.simulator;

import io.livemind.schemas.Metric;
import java.util.List;

/** What can be read off a simulator. */
public enum SimulatorMetric implements Metric {
  CALLS(
      "calls",
      Kind.COUNTER,
      "calls",
      "Calls that ended: whole, cancelled (the client left) or broken (a fault, a refusal).",
      "model",
      "end"),
  FAULTS("faults", Kind.COUNTER, "calls", "Calls that a fault was put on.", "fault"),
  RUNNING("running", Kind.GAUGE, "calls", "Calls that run.", "model"),
  WAITING("waiting", Kind.GAUGE, "calls", "Calls that wait for a place.", "model"),
  QUEUE("queue", Kind.TIMER, "seconds", "From the arrival of a call to its place.", "model"),
  FIRST_TOKEN(
      "first.token",
      Kind.TIMER,
      "seconds",
      "From the arrival of a call to its first token.",
      "model"),
  DURATION("duration", Kind.TIMER, "seconds", "From the arrival of a call to its end.", "model"),
  TOKENS(
      "tokens",
      Kind.COUNTER,
      "tokens",
      "Tokens as they were reported: prompt, cached (those of the prompt that came from the prefix"
          + " cache) and completion.",
      "model",
      "type");

  private static final String PREFIX = "livemind.simulator.";

  private final Description description;

  SimulatorMetric(String name, Kind kind, String unit, String sentence, String... tags) {
    description = new Description(PREFIX + name, kind, unit, sentence, List.of(tags));
  }

  @Override
  public Description description() {
    return description;
  }
}
