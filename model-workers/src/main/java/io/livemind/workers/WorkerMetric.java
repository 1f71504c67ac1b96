package io.livemind.workers;

import io.livemind.schemas.Metric;
import java.util.List;

/** What can be read off a worker. */
public enum WorkerMetric implements Metric {
  PLACES("places", Kind.GAUGE, "places", "Tasks that the worker holds at a time, at most."),
  PLACES_USED("places.used", Kind.GAUGE, "places", "Tasks that the worker holds now."),
  TASKS_CLAIMED("tasks.claimed", Kind.COUNTER, "tasks", "Tasks that were taken.", "kind"),
  TASKS_SKIPPED(
      "tasks.skipped",
      Kind.COUNTER,
      "tasks",
      "Inferences older than their claim lease: they have been dispatched again."),
  TASKS_RELEASED(
      "tasks.released",
      Kind.COUNTER,
      "tasks",
      "Tasks that came when no place was free any more, and were given back to the group."),
  DRAFTS_SHED(
      "drafts.shed", Kind.COUNTER, "tasks", "Drafts that came when no place was free: dropped."),
  QUEUE_AGE(
      "queue.age",
      Kind.TIMER,
      "seconds",
      "How old a task was when the worker took it from its topic.",
      "kind"),
  DISPATCH_DELAY(
      "dispatch.delay",
      Kind.TIMER,
      "seconds",
      "From the dispatch of a task to the start of its model call: queue, grant and replica.",
      "kind"),
  OUTCOMES(
      "outcomes",
      Kind.COUNTER,
      "tasks",
      "Ended executions by code: finished, cancelled, or the code of the failure.",
      "kind",
      "code"),
  ENDED_EARLY(
      "ended.early",
      Kind.COUNTER,
      "tasks",
      "Executions that were ended from our side, by reason.",
      "reason"),
  RETRIES("retries", Kind.COUNTER, "calls", "Calls made a second time here, before any text."),
  OUTCOMES_LOST(
      "outcomes.lost",
      Kind.COUNTER,
      "records",
      "Outcomes that the broker did not take: the session machine finds out by the lease."),
  ACKNOWLEDGEMENTS_LOST(
      "acknowledgements.lost",
      Kind.COUNTER,
      "records",
      "Acknowledgements that the broker did not take: the record comes again."),
  DEAD_LETTERS(
      "dead.letters", Kind.COUNTER, "records", "Records that could not be read or worked on."),
  CANCEL_DELAY(
      "cancel.delay",
      Kind.TIMER,
      "seconds",
      "From the moment a running call was told to end to its end."),
  REPLICA_PLACES(
      "replica.places",
      Kind.GAUGE,
      "calls",
      "Calls that a replica gets at a time now: fewer than configured after it refused or slowed.",
      "replica"),
  REPLICA_PLACES_USED(
      "replica.places.used", Kind.GAUGE, "calls", "Calls that run at a replica now.", "replica"),
  REPLICA_WAITING(
      "replica.waiting", Kind.GAUGE, "calls", "Calls that wait for a place at a replica."),
  BREAKER(
      "replica.breaker",
      Kind.GAUGE,
      "state",
      "Whether a replica is asked: 0 yes, 1 by one call that finds out, 2 no.",
      "replica"),
  FIRST_TOKEN(
      "first.token",
      Kind.TIMER,
      "seconds",
      "From the start of a call to its first token.",
      "replica",
      "kind"),
  TOKENS_PER_SECOND(
      "tokens.rate",
      Kind.SUMMARY,
      "tokens per second",
      "Tokens of a reply behind its first one by the time that they took.",
      "replica"),
  TOKENS(
      "tokens",
      Kind.COUNTER,
      "tokens",
      "Tokens as the replica reported them: prompt, cached (those of the prompt that came from its"
          + " prefix cache; cached by prompt is the cached share) and completion.",
      "replica",
      "type"),
  TOKENS_WASTED(
      "tokens.wasted",
      Kind.COUNTER,
      "tokens",
      "Tokens of calls that were cancelled or failed; estimated from the length of the text where"
          + " the replica took the call and did not report them.",
      "kind",
      "end"),
  WARMINGS(
      "warmings",
      Kind.COUNTER,
      "calls",
      "Prompts sent ahead to the model that will answer, by their end: read, cancelled, failed, or"
          + " no_place. Their tokens are in `tokens` and `cost`.",
      "end"),
  COST(
      "cost",
      Kind.COUNTER,
      "currency",
      "What calls cost by the configured prices, in the currency of the deployment.",
      "replica");

  private static final String PREFIX = "livemind.worker.";

  private final Description description;

  WorkerMetric(String name, Kind kind, String unit, String sentence, String... tags) {
    description = new Description(PREFIX + name, kind, unit, sentence, List.of(tags));
  }

  @Override
  public Description description() {
    return description;
  }
}
