package io.livemind.topology.state;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.avro.Fragment;
import io.livemind.topology.segmentation.Carry;
import io.livemind.topology.session.Execution;
import io.livemind.topology.session.Flight;
import io.livemind.topology.session.Phase;
import io.livemind.topology.session.SessionState;
import io.livemind.topology.session.SessionState.Remembered;
import io.livemind.topology.session.Submission;
import io.livemind.topology.state.avro.StoredComposition;
import io.livemind.topology.state.avro.StoredExecution;
import io.livemind.topology.state.avro.StoredFlight;
import io.livemind.topology.state.avro.StoredHead;
import io.livemind.topology.state.avro.StoredPhase;
import io.livemind.topology.state.avro.StoredRemembered;
import io.livemind.topology.state.avro.StoredSubmission;
import io.livemind.topology.typing.TypedPrompt;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between the head and its stored record. */
final class HeadCodec {
  private final AvroSerde<Fragment> fragments = new AvroSerde<>(Fragment.class);

  StoredHead toStored(Head head) {
    SessionState state = head.state();
    return new StoredHead(
        head.answersPartition(),
        head.ownerDigest(),
        toStored(head.prompt()),
        state.turn(),
        kind(state.phase()),
        toStored(state.phase()),
        state.submission().map(HeadCodec::toStored).orElse(null),
        state.following().map(HeadCodec::toStored).orElse(null),
        state.steps(),
        state.inferenceCalls(),
        state.readSegments(),
        state.memory().stream()
            .map(inference -> new StoredRemembered(inference.segments(), inference.hash()))
            .toList(),
        head.changedAtMillis());
  }

  Head fromStored(StoredHead stored) {
    var state =
        new SessionState(
            stored.getTurn(),
            phase(stored),
            stored.getSubmission().map(HeadCodec::fromStored),
            stored.getFollowing().map(HeadCodec::fromStored),
            stored.getSteps(),
            stored.getInferenceCalls(),
            stored.getReadSegments(),
            stored.getMemory().stream()
                .map(inference -> new Remembered(inference.getSegments(), inference.getHash()))
                .toList());
    return new Head(
        stored.getAnswersPartition(),
        stored.getOwnerDigest(),
        fromStored(stored.getComposition()),
        state,
        stored.getChangedAtMillis());
  }

  private StoredComposition toStored(TypedPrompt prompt) {
    return new StoredComposition(
        prompt.writer(),
        prompt.nextSequence(),
        prompt.turn(),
        prompt.revision(),
        prompt.segments(),
        prompt.closedLength(),
        prompt.closedHash(),
        prompt.carry().encode(),
        prompt.openText(),
        prompt.typedAtMillis(),
        prompt.held().stream().map(early -> ByteBuffer.wrap(fragments.encode(early))).toList(),
        prompt.gapSinceMillis());
  }

  private TypedPrompt fromStored(StoredComposition stored) {
    return new TypedPrompt(
        stored.getWriter(),
        stored.getNextSequence(),
        stored.getTurn(),
        stored.getRevision(),
        stored.getSegments(),
        stored.getClosedLength(),
        stored.getClosedHash(),
        Carry.decode(stored.getCarry()),
        stored.getOpenText(),
        stored.getTypedAtMillis(),
        stored.getHeld().stream().map(early -> fragments.decode(bytes(early))).toList(),
        stored.getGapSinceMillis());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static StoredSubmission toStored(Submission submission) {
    return new StoredSubmission(
        submission.turn(),
        submission.revision(),
        submission.segments(),
        submission.hash(),
        submission.atMillis());
  }

  private static Submission fromStored(StoredSubmission stored) {
    return new Submission(
        stored.getTurn(),
        stored.getRevision(),
        stored.getSegments(),
        stored.getHash(),
        stored.getAtMillis());
  }

  private static StoredPhase kind(Phase phase) {
    return switch (phase) {
      case Phase.Composing _ -> StoredPhase.COMPOSING;
      case Phase.Thinking _ -> StoredPhase.THINKING;
      case Phase.AwaitingInference _ -> StoredPhase.AWAITING_INFERENCE;
      case Phase.Answering _ -> StoredPhase.ANSWERING;
      case Phase.Retrying _ -> StoredPhase.RETRYING;
      case Phase.Stopping _ -> StoredPhase.STOPPING;
    };
  }

  private static @Nullable StoredFlight toStored(Phase phase) {
    return switch (phase) {
      case Phase.Composing _ -> null;
      case Phase.Thinking thinking -> toStored(thinking.flight(), 0);
      case Phase.AwaitingInference awaiting -> toStored(awaiting.flight(), 0);
      case Phase.Answering answering -> toStored(answering.flight(), 0);
      case Phase.Retrying retrying -> toStored(retrying.flight(), retrying.retryAtMillis());
      case Phase.Stopping stopping -> toStored(stopping.flight(), stopping.giveUpAtMillis());
    };
  }

  private static StoredFlight toStored(Flight flight, long dueAtMillis) {
    return new StoredFlight(
        flight.taskId(),
        flight.answer(),
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
        dueAtMillis);
  }

  private static Phase phase(StoredHead stored) {
    Optional<StoredFlight> flight = stored.getFlight();
    long dueAtMillis = flight.map(StoredFlight::getDueAtMillis).orElse(0L);
    return switch (stored.getPhase()) {
      case COMPOSING -> new Phase.Composing();
      case THINKING -> new Phase.Thinking(fromStored(flight));
      case AWAITING_INFERENCE -> new Phase.AwaitingInference(fromStored(flight));
      case ANSWERING -> new Phase.Answering(fromStored(flight));
      case RETRYING -> new Phase.Retrying(fromStored(flight), dueAtMillis);
      case STOPPING -> new Phase.Stopping(fromStored(flight), dueAtMillis);
    };
  }

  private static Flight fromStored(Optional<StoredFlight> storedFlight) {
    StoredFlight stored =
        storedFlight.orElseThrow(
            () -> new IllegalStateException("a stored phase has lost its task"));
    return new Flight(
        stored.getTaskId(),
        stored.getAnswer(),
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
}
