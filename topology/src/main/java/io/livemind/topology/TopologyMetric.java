package io.livemind.topology;

import io.livemind.schemas.Metric;
import java.util.List;

/** What can be read off a topology instance. */
public enum TopologyMetric implements Metric {
  SESSIONS("sessions", Kind.GAUGE, "sessions", "Open sessions of the partitions held here."),
  SEGMENTS("segments", Kind.COUNTER, "segments", "Closed pieces of prompts.", "closed_by"),
  REVISIONS(
      "revisions",
      Kind.COUNTER,
      "edits",
      "Edits of closed text: each drops what was thought about the text behind it."),
  REJECTED("rejected", Kind.COUNTER, "fragments", "Fragments that were not taken.", "code"),
  DISPATCHED(
      "tasks.dispatched",
      Kind.COUNTER,
      "tasks",
      "Attempts that left; a summary or a history shortens a prompt, and ends its prefix.",
      "purpose"),
  DEAD_LETTERS(
      "dead.letters",
      Kind.COUNTER,
      "records",
      "Records that could not be read or processed.",
      "code"),
  LEASES_EXPIRED(
      "leases.expired",
      Kind.COUNTER,
      "tasks",
      "Attempts that nobody claimed, or whose worker went silent.",
      "purpose"),
  CLAIM_DELAY(
      "claim.delay",
      Kind.TIMER,
      "seconds",
      "From dispatch to claim; above a mean of 1 s, thinking and drafts are held back."),
  RENDERING(
      "task.rendering",
      Kind.TIMER,
      "seconds",
      "Time to render a task and hand it to the producer."),
  TASK_LENGTH("task.length", Kind.SUMMARY, "characters", "UTF-16 units of a task's messages."),
  THOUGHTS("thoughts", Kind.COUNTER, "calls", "Ended calls of thinking.", "end"),
  DRAFTS("drafts", Kind.COUNTER, "drafts", "Draft answers: released or dropped.", "end"),
  TURNS(
      "turns", Kind.COUNTER, "turns", "Turns that ended: completed, cancelled, or a code.", "end"),
  HISTORY_CUT(
      "history.cut",
      Kind.COUNTER,
      "tasks",
      "Tasks without the oldest turns: they did not fit the context window.");

  private static final String PREFIX = "livemind.topology.";

  private final Description description;

  TopologyMetric(String name, Kind kind, String unit, String sentence, String... tags) {
    description = new Description(PREFIX + name, kind, unit, sentence, List.of(tags));
  }

  @Override
  public Description description() {
    return description;
  }
}
