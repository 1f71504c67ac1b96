package io.livemind.topology.state;

import io.livemind.schemas.AvroSerde;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.Fragment;
import io.livemind.topology.segmentation.Carry;
import io.livemind.topology.session.Phase;
import io.livemind.topology.session.SessionState;
import io.livemind.topology.session.Spending;
import io.livemind.topology.session.Submission;
import io.livemind.topology.session.TurnProgress;
import io.livemind.topology.session.TurnProgress.Remembered;
import io.livemind.topology.state.avro.StoredComposition;
import io.livemind.topology.state.avro.StoredFlight;
import io.livemind.topology.state.avro.StoredHead;
import io.livemind.topology.state.avro.StoredPhase;
import io.livemind.topology.state.avro.StoredRemembered;
import io.livemind.topology.state.avro.StoredSpending;
import io.livemind.topology.state.avro.StoredSubmission;
import io.livemind.topology.typing.TypedPrompt;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between the head and its stored record. */
final class HeadCodec {
  private final AvroSerde<Fragment> fragments = Topics.SCHEMAS.serde(Fragment.class);

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
        state.progress().steps(),
        state.progress().inferenceCalls(),
        state.progress().readSegments(),
        state.memory().stream()
            .map(
                inference ->
                    new StoredRemembered(inference.segments(), inference.hash(), inference.step()))
            .toList(),
        head.changedAtMillis(),
        state.draft().map(DraftCodec::toStored).orElse(null),
        toStored(state.spending()),
        state.progress().summarizedAt(),
        state.progress().historyTried(),
        head.movingTo(),
        head.optionsDigest());
  }

  Head fromStored(StoredHead stored) {
    var state =
        new SessionState(
            stored.getTurn(),
            phase(stored),
            stored.getSubmission().map(HeadCodec::fromStored),
            stored.getFollowing().map(HeadCodec::fromStored),
            progress(stored),
            stored.getDraft().map(DraftCodec::fromStored),
            stored.getSpending().map(HeadCodec::fromStored).orElse(Spending.NONE));
    return new Head(
        stored.getAnswersPartition(),
        stored.getOwnerDigest(),
        stored.getOptionsDigest(),
        fromStored(stored.getComposition()),
        state,
        stored.getChangedAtMillis(),
        stored.getMovingTo());
  }

  private static TurnProgress progress(StoredHead stored) {
    return new TurnProgress(
        stored.getSteps(),
        stored.getInferenceCalls(),
        stored.getReadSegments(),
        memory(stored.getMemory()),
        stored.getSummarizedAt(),
        stored.getHistoryTried());
  }

  /** Earlier builds kept what was concluded under its place in the memory. */
  private static List<Remembered> memory(List<StoredRemembered> stored) {
    List<Remembered> memory = new ArrayList<>(stored.size());
    for (StoredRemembered inference : stored) {
      int step = inference.getStep() < 0 ? memory.size() : inference.getStep();
      memory.add(new Remembered(step, inference.getSegments(), inference.getHash()));
    }
    return List.copyOf(memory);
  }

  private static StoredSpending toStored(Spending spending) {
    return new StoredSpending(
        spending.calls(),
        spending.tokens(),
        spending.wastedTokens(),
        spending.turnTokens(),
        spending.day(),
        spending.tokensOfDay(),
        spending.turns(),
        spending.costNanos());
  }

  private static Spending fromStored(StoredSpending stored) {
    return new Spending(
        stored.getCalls(),
        stored.getTokens(),
        stored.getWastedTokens(),
        stored.getTurnTokens(),
        stored.getDay(),
        stored.getTokensOfDay(),
        stored.getTurns(),
        stored.getCostNanos());
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
        prompt.gapSinceMillis(),
        prompt.fragments());
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
        stored.getGapSinceMillis(),
        stored.getFragments());
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
      case Phase.Drafting _ -> StoredPhase.DRAFTING;
    };
  }

  private static @Nullable StoredFlight toStored(Phase phase) {
    return switch (phase) {
      case Phase.Composing _ -> null;
      case Phase.Thinking thinking -> FlightCodec.toStored(thinking.flight(), 0);
      case Phase.Drafting drafting -> FlightCodec.toStored(drafting.flight(), 0);
      case Phase.AwaitingInference awaiting -> FlightCodec.toStored(awaiting.flight(), 0);
      case Phase.Answering answering -> FlightCodec.toStored(answering.flight(), 0);
      case Phase.Retrying retrying ->
          FlightCodec.toStored(retrying.flight(), retrying.retryAtMillis());
      case Phase.Stopping stopping ->
          FlightCodec.toStored(stopping.flight(), stopping.giveUpAtMillis());
    };
  }

  private static Phase phase(StoredHead stored) {
    Optional<StoredFlight> flight = stored.getFlight();
    long dueAtMillis = flight.map(StoredFlight::getDueAtMillis).orElse(0L);
    return switch (stored.getPhase()) {
      case COMPOSING -> new Phase.Composing();
      case THINKING -> new Phase.Thinking(FlightCodec.fromStored(flight));
      case AWAITING_INFERENCE -> new Phase.AwaitingInference(FlightCodec.fromStored(flight));
      case ANSWERING -> new Phase.Answering(FlightCodec.fromStored(flight));
      case RETRYING -> new Phase.Retrying(FlightCodec.fromStored(flight), dueAtMillis);
      case DRAFTING -> new Phase.Drafting(FlightCodec.fromStored(flight));
      case STOPPING -> new Phase.Stopping(FlightCodec.fromStored(flight), dueAtMillis);
    };
  }
}
