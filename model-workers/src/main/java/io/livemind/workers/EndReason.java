package io.livemind.workers;

/** Why an execution is ended from our side. */
enum EndReason {
  CONTROL("cancelled by the session", WorkerCounter.CANCELLED),
  PREEMPTED("its place was needed for an answer", WorkerCounter.PREEMPTED),
  CLAIM_LOST("its claim was not confirmed", WorkerCounter.CLAIM_LOST),
  NOT_GRANTED("its grant did not come in time", WorkerCounter.NOT_GRANTED),
  STOPPING("the worker stops", WorkerCounter.HANDED_BACK);

  private final String reason;
  private final WorkerCounter counter;

  EndReason(String reason, WorkerCounter counter) {
    this.reason = reason;
    this.counter = counter;
  }

  /** For operators, in the outcome. */
  String reason() {
    return reason;
  }

  /** What it is counted as, beside {@link WorkerCounter#CANCELLED}. */
  WorkerCounter counter() {
    return counter;
  }
}
