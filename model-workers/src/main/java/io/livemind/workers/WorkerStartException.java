package io.livemind.workers;

/** A worker could not start; the message names what it needs and what to do. */
public final class WorkerStartException extends RuntimeException {
  WorkerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
