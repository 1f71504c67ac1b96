package io.livemind.topology.state;

import io.livemind.topology.session.Execution;
import io.livemind.topology.session.Flight;
import io.livemind.topology.session.Flight.Purpose;
import io.livemind.topology.state.avro.StoredExecution;
import io.livemind.topology.state.avro.StoredFlight;
import io.livemind.topology.state.avro.StoredPurpose;
import java.util.Optional;

/** Between a task in flight and its stored record. */
final class FlightCodec {
  private FlightCodec() {}

  static StoredFlight toStored(Flight flight, long dueAtMillis) {
    return new StoredFlight(
        flight.taskId(),
        flight.purpose().answers(),
        flight.step(),
        flight.attempt(),
        flight.revision(),
        flight.segments(),
        flight.inputHash(),
        flight.dispatchedAtMillis(),
        flight
            .execution()
            .map(
                execution ->
                    new StoredExecution(
                        execution.id(), execution.worker(), execution.controlPartition()))
            .orElse(null),
        dueAtMillis,
        toStored(flight.purpose()));
  }

  static Flight fromStored(Optional<StoredFlight> storedFlight) {
    StoredFlight stored =
        storedFlight.orElseThrow(
            () -> new IllegalStateException("a stored phase has lost its task"));
    return new Flight(
        stored.getTaskId(),
        purpose(stored),
        stored.getStep(),
        stored.getAttempt(),
        stored.getRevision(),
        stored.getSegments(),
        stored.getInputHash(),
        stored.getDispatchedAtMillis(),
        stored
            .getExecution()
            .map(
                execution ->
                    new Execution(
                        execution.getId(),
                        execution.getWorker(),
                        execution.getControlPartition())));
  }

  private static StoredPurpose toStored(Purpose purpose) {
    return switch (purpose) {
      case INFERENCE -> StoredPurpose.INFERENCE;
      case SUMMARY -> StoredPurpose.SUMMARY;
      case HISTORY -> StoredPurpose.HISTORY;
      case DRAFT -> StoredPurpose.DRAFT;
      case ANSWER -> StoredPurpose.ANSWER;
    };
  }

  private static Purpose purpose(StoredFlight stored) {
    return switch (stored.getPurpose()) {
      case UNKNOWN -> stored.getAnswer() ? Purpose.ANSWER : Purpose.INFERENCE;
      case INFERENCE -> Purpose.INFERENCE;
      case SUMMARY -> Purpose.SUMMARY;
      case HISTORY -> Purpose.HISTORY;
      case DRAFT -> Purpose.DRAFT;
      case ANSWER -> Purpose.ANSWER;
    };
  }
}
