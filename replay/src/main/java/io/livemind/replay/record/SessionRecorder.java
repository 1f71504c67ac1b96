package io.livemind.replay.record;

import io.livemind.replay.recording.Recording;
import io.livemind.replay.recording.Recording.Turn;
import io.livemind.schemas.avro.AnswerEvent;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Resume;
import io.livemind.schemas.avro.SessionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a recording of one session from what is on the topics. Times are those of the clients for
 * what was typed, and those of the writers for what was answered.
 *
 * <p>A recording has the turns that are complete, up to the first that is not. What was delivered
 * twice counts once. A turn whose text is not what its client submitted, because fragments are
 * missing, ends the recording before it.
 *
 * <p>Threading: one thread at a time.
 */
public final class SessionRecorder {
  /** The topology drops them at 32 and tells the client, which sends them all again. */
  private static final int MOST_EARLY = 32;

  /** Of the recording's own names, as replay knows them. */
  private static final String LIVE = "live";

  private static final String COLLABORATIVE = "collaborative";
  private static final String CONVENTIONAL = "conventional";

  private final TreeMap<Integer, RecordedTurnDraft> turns = new TreeMap<>();
  private String arm = LIVE;
  private boolean opened;
  private long openedMillis;
  private long writer = Long.MIN_VALUE;
  private long nextSequence;

  /** Fragments that wait for an earlier one, by their sequence. */
  private final TreeMap<Long, Fragment> early = new TreeMap<>();

  /** A fragment; those of one writer by their sequence, late ones and doubles allowed. */
  public void take(Fragment fragment) {
    // Whoever reads may ask where the answers are: neither writer nor sequence mean anything.
    if (fragment.getContent() instanceof Resume || fragment.getWriter() < writer) return;
    if (fragment.getWriter() > writer) {
      writer = fragment.getWriter();
      nextSequence = 0;
      early.clear();
    }
    if (fragment.getSequence() < nextSequence) return;
    early.put(fragment.getSequence(), fragment);
    while (!early.isEmpty() && early.firstKey() == nextSequence) {
      nextSequence++;
      apply(early.pollFirstEntry().getValue());
    }
    if (early.size() > MOST_EARLY) early.clear();
  }

  private void apply(Fragment fragment) {
    if (fragment.getContent() instanceof Open open) {
      opened = true;
      openedMillis = fragment.getMadeAtMillis();
      arm = armOf(open.getOptions());
      return;
    }
    if (!opened) return;
    turn(fragment.getTurn()).type(fragment.getContent(), fragment.getMadeAtMillis());
  }

  /** An event of the session. */
  public void take(AnswerEvent event) {
    RecordedTurnDraft turn = turns.get(event.getTurn());
    if (turn != null) turn.take(event);
  }

  /** Turns that are complete. */
  public int completeTurns() {
    return complete().size();
  }

  /**
   * The recording so far.
   *
   * @param id of the recording; not the session's, which is a key to it
   * @return empty if no turn is complete
   */
  public Optional<Recording> recording(String id) {
    List<Turn> complete = complete().stream().map(draft -> draft.turn(arm)).toList();
    return complete.isEmpty()
        ? Optional.empty()
        : Optional.of(new Recording(id, id, "und", complete));
  }

  private List<RecordedTurnDraft> complete() {
    var complete = new ArrayList<RecordedTurnDraft>();
    for (var turn : turns.entrySet()) {
      if (turn.getKey() != complete.size() || !turn.getValue().complete()) break;
      complete.add(turn.getValue());
    }
    return complete;
  }

  private RecordedTurnDraft turn(int number) {
    return turns.computeIfAbsent(
        number,
        ignored ->
            number == 0
                ? RecordedTurnDraft.opening(openedMillis)
                : RecordedTurnDraft.following(endOf(number - 1)));
  }

  private long endOf(int number) {
    RecordedTurnDraft turn = turns.get(number);
    return turn == null ? 0 : turn.endMillis();
  }

  private static String armOf(SessionOptions options) {
    if (options.getMode() == Mode.CONVENTIONAL) return CONVENTIONAL;
    return options.getInferenceModel().equals(options.getOutputModel()) ? LIVE : COLLABORATIVE;
  }
}
