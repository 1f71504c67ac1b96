package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.session.SessionCommand.FinishTurn;
import io.livemind.topology.session.SessionCommand.TurnEnd;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.KnownOptions;
import io.livemind.topology.state.OptionsDigest;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.state.avro.StoredHistory;
import io.livemind.topology.state.avro.StoredMessage;
import io.livemind.topology.state.avro.StoredTurn;
import io.livemind.topology.typing.TypedPrompt;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of a long session a call tells, and what of it is read for that. */
class HistoryTest {
  private static final String SESSION = PipelineDriver.SESSION;
  private static final int TURNS = 40;
  private static final int LENGTH = 1_000;
  private static final SessionOptions UNCUT =
      SessionOptions.newBuilder().setContextTokens(0).build();

  private final ReadStore entries = new ReadStore();
  private final SessionStore store =
      new SessionStore(entries.alone(), new KnownOptions(KnownOptions.UNITS));

  @Test
  void aCallReadsOneTurnMoreThanARecordHolds() {
    History history = longSession(3 * LENGTH);

    List<Message> told = history.before(SESSION, TURNS, UNCUT, 0);

    assertThat(told).hasSize(6);
    assertThat(entries.keysRead("turn|")).hasSize(4);
  }

  @Test
  void aCallReadsOneTurnMoreThanTheWindowHolds() {
    History history = longSession(Integer.MAX_VALUE);
    var options = SessionOptions.newBuilder().setContextTokens(1_000).build();

    List<Message> told = history.before(SESSION, TURNS, options, 0);

    assertThat(told).hasSize(6);
    assertThat(entries.keysRead("turn|")).hasSize(4);
  }

  @Test
  void aCallReadsNoTurnThatASummaryStandsFor() {
    History history = longSession(Integer.MAX_VALUE);
    store.putHistory(SESSION, new StoredHistory(TURNS - 2, "In short.", 0, TURNS));

    history.before(SESSION, TURNS, UNCUT, 0);

    assertThat(entries.keysRead("turn|")).hasSize(2);
  }

  @Test
  void aTurnThatEndsReadsNoOtherTurn() {
    History history = longSession(Integer.MAX_VALUE);
    store.putOptions(SESSION, UNCUT);
    var renderer = new TaskRenderer(store, history, UnaryOperator.identity());
    var head = Head.opened(0, "", OptionsDigest.of(UNCUT), TypedPrompt.opened(1, 0, 1), 1);
    var end = new TurnEnd(1, "e1", "Indeed.", false, Optional.empty());

    renderer.finished(SESSION, head, new FinishTurn(TURNS, 0, 0, List.of(), end));

    assertThat(entries.keysRead("turn|")).isEmpty();
  }

  /**
   * The rule in its shortest form: all pieces lie in a list, and its longest end that fits is told.
   */
  @Test
  void theLatestTurnsThatFitAreToldWholeAndInOrder() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      int turns = random.nextInt(8);
      int first = random.nextInt(turns + 1);
      String summary = random.nextBoolean() ? "" : "s".repeat(1 + random.nextInt(200));
      List<List<Message>> pieces = new ArrayList<>();
      if (!summary.isEmpty())
        pieces.add(
            List.of(
                new Message(Role.USER, "[What was said before, in short:]"),
                new Message(Role.ASSISTANT, summary)));
      for (int turn = 0; turn < turns; turn++) {
        String text = "t".repeat(random.nextInt(200));
        @Nullable String failure = random.nextInt(4) == 0 ? "turn_deadline" : null;
        store.putTurn(SESSION, turn(turn, text, failure));
        if (turn >= first && failure == null) pieces.add(told(turn, text));
      }
      store.putHistory(SESSION, new StoredHistory(first, summary, 0, turns));
      int length = 1 + random.nextInt(800);
      int window = random.nextBoolean() ? 0 : random.nextInt(400);
      int own = random.nextInt(100);

      var options = SessionOptions.newBuilder().setContextTokens(window).build();
      List<Message> told = history(length).before(SESSION, turns, options, own);

      int room = window == 0 ? Integer.MAX_VALUE : (int) (window * 0.875) - own;
      assertThat(told).as("seed %d", seed).isEqualTo(longestEnd(pieces, length, room));
    }
  }

  private static List<Message> longestEnd(List<List<Message>> pieces, int length, int room) {
    for (int from = 0; from < pieces.size(); from++) {
      List<Message> end =
          pieces.subList(from, pieces.size()).stream().flatMap(List::stream).toList();
      int units = end.stream().mapToInt(message -> message.getContent().length()).sum();
      if (units <= length && TokenEstimate.of(end) <= room) return end;
    }
    return List.of();
  }

  private History longSession(int historyLength) {
    for (int turn = 0; turn < TURNS; turn++)
      store.putTurn(SESSION, turn(turn, "t".repeat(LENGTH - 2), null));
    store.putHistory(SESSION, new StoredHistory(0, "", 0, TURNS));
    return history(historyLength);
  }

  private History history(int length) {
    return new History(
        store, new TaskLimits(64, length, 1_000), new TopologyMeters(new SimpleMeterRegistry()));
  }

  private static List<Message> told(int turn, String text) {
    return List.of(new Message(Role.USER, text), new Message(Role.ASSISTANT, digits(turn)));
  }

  private static StoredTurn turn(int turn, String text, @Nullable String failure) {
    var sent = List.of(new StoredMessage(Role.USER.name(), text));
    return new StoredTurn(turn, sent, digits(turn), false, 1, "e", failure, text, 10);
  }

  private static String digits(int turn) {
    return "%02d".formatted(turn);
  }
}
