package io.livemind.workers;

/** What a worker counts, from its start on. */
public enum WorkerCounter {
  /** Executions whose claim was sent. */
  CLAIMED,
  /** Executions whose model ended its reply by itself. */
  FINISHED,
  /** Executions that failed, whatever the code. */
  FAILED,
  /** Executions that were ended from our side, for any reason. */
  CANCELLED,
  /** Among them: inferences whose place an answer needed. */
  PREEMPTED,
  /** Among them: inferences whose grant did not come in time. */
  NOT_GRANTED,
  /** Among them: executions whose claim the broker did not confirm in time. */
  CLAIM_LOST,
  /** Among them: executions that were handed back because the worker stopped. */
  HANDED_BACK,
  /** Calls that were made a second time here, before any text. */
  RETRIED,
  /** Records that were older than their claim lease: they have been dispatched again. */
  SKIPPED_STALE,
  /** Records that came when no place was free any more, and were released. */
  RELEASED_LATE,
  /** Records that went to the dead letters. */
  DEAD_LETTERS,
  /** Acknowledgements that the broker did not take: the record comes again. */
  ACKNOWLEDGEMENTS_LOST,
  /** Outcomes that the broker did not take: the session machine finds out by the lease. */
  OUTCOMES_LOST
}
