package io.livemind.client;

import io.livemind.client.SessionEvent.OfTurn;
import io.livemind.client.SessionEvent.Rejected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The prompt that is typed, and those that were submitted and have not ended: what the pipeline has
 * of them, and what it may lack.
 *
 * <p>Threading: one thread.
 */
final class Prompts {
  private static final int MOST_RESYNCS = 2;

  /** A prompt that was submitted. */
  private static final class Submitted {
    private final String prompt;
    private final CompletableFuture<TurnEnd> end;
    private final AnswerText answer = new AnswerText();
    private boolean confirmed;
    private boolean cancelled;
    private int resyncs;

    Submitted(String prompt, CompletableFuture<TurnEnd> end) {
      this.prompt = prompt;
      this.end = end;
    }
  }

  private final Fragments fragments;
  private final TreeMap<Integer, Submitted> submitted = new TreeMap<>();
  private int turn;
  private String text = "";
  private String sent = "";

  /** What was sent before this fragment was sent again since, or given up. */
  private long firstThatCounts;

  /** The gateway's refusals, which come in order, count from this fragment on. */
  private long firstToRefuse;

  /**
   * @param fragments numbers and sends
   */
  Prompts(Fragments fragments) {
    this.fragments = fragments;
  }

  String text() {
    return text;
  }

  /** The prompt is now this; returns what the pipeline lacks of it. */
  Optional<Edit> change(String whole) {
    text = Edit.wellFormed(whole);
    return Edit.between(sent, text);
  }

  /** Whether an edit only adds to what was sent. */
  boolean appends(Edit edit) {
    return edit.appends(sent);
  }

  /** Sends what the pipeline lacks of the typed prompt. */
  void send() {
    fragments.edit(turn, sent, text);
    sent = text;
  }

  /** The typed prompt is complete; {@code connected}: and can be sent now. */
  void submit(CompletableFuture<TurnEnd> end, boolean connected) {
    submitted.put(turn, new Submitted(text, end));
    if (connected) {
      send();
      fragments.submit(turn, text);
    }
    turn++;
    text = "";
    sent = "";
  }

  /**
   * The first answer that is awaited is to stop, or what is typed goes; told again until it has.
   */
  void cancel(boolean connected) {
    Map.Entry<Integer, Submitted> first = submitted.firstEntry();
    if (first == null) {
      text = "";
      if (!connected) return;
      fragments.simple(turn, "cancel");
      sent = "";
    } else {
      first.getValue().cancelled = true;
      if (connected) fragments.simple(first.getKey(), "cancel");
    }
  }

  /** A writer begins: what was to stop, and may not know of it. */
  void cancelAgain() {
    submitted.forEach(
        (number, asked) -> {
          if (asked.confirmed && asked.cancelled) fragments.simple(number, "cancel");
        });
  }

  /**
   * Sends again what the pipeline may lack, whole; what is said of earlier fragments is old now.
   */
  void sendAgain() {
    firstThatCounts = fragments.next();
    firstToRefuse = firstThatCounts;
    for (Map.Entry<Integer, Submitted> asked : submitted.entrySet())
      if (!asked.getValue().confirmed) submitAgain(asked.getKey(), asked.getValue());
    fragments.replaceAll(turn, text);
    sent = text;
  }

  /** The session is over. */
  void fail(LiveMindException reason) {
    submitted.values().forEach(asked -> asked.end.completeExceptionally(reason));
    submitted.clear();
  }

  /** Takes an event of the log. */
  void take(OfTurn event) {
    if (!tellsOfSubmit(event)) return;
    if (turn <= event.turn()) {
      // A turn that this client did not submit itself: what it types belongs to the next.
      turn = event.turn() + 1;
      sent = "";
    }
    Submitted asked = submitted.get(event.turn());
    if (asked == null) return;
    asked.confirmed = true;
    boolean ignored = asked.answer.apply(event);
    asked.answer.end().ifPresent(end -> end(event.turn(), asked, end));
  }

  /** The pipeline did not take a fragment. */
  void take(Rejected rejected) {
    if (rejected.sequence() < firstThatCounts) return;
    Submitted asked = submitted.get(rejected.turn());
    if (asked == null || asked.confirmed) return;
    if (rejected.code().equals("resync") && asked.resyncs++ < MOST_RESYNCS) {
      // What stands behind it came for a turn that had not begun.
      sendAgain();
    } else {
      giveUp(rejected.turn(), new TurnEnd.Failed(rejected.code(), rejected.message()), true);
    }
  }

  /** The gateway did not take this fragment; {@code goesOn}: but it takes what follows. */
  void refused(long sequence, TurnEnd.Failed how, boolean goesOn) {
    fragments
        .turnOf(sequence)
        .ifPresent(
            number -> {
              if (goesOn) fragments.fill(sequence, number);
              if (sequence >= firstToRefuse) giveUp(number, how, goesOn);
            });
  }

  /**
   * The turn did not take place, nor those behind it: what is typed now belongs to it. A prompt
   * that is typed still is sent again when it changes.
   */
  private void giveUp(int number, TurnEnd.Failed how, boolean connected) {
    if (number == turn) {
      firstToRefuse = fragments.next();
      if (connected) fragments.replaceAll(turn, "");
      sent = "";
      return;
    }
    Submitted first = submitted.get(number);
    if (first == null || first.confirmed) return;
    Map<Integer, Submitted> lost = submitted.tailMap(number, true);
    List<Submitted> ended = List.copyOf(lost.values());
    lost.clear();
    turn = number;
    if (connected) sendAgain();
    ended.forEach(asked -> asked.end.complete(how));
  }

  private void end(int number, Submitted asked, TurnEnd how) {
    submitted.remove(number);
    asked.end.complete(how);
  }

  private void submitAgain(int number, Submitted asked) {
    fragments.replaceAll(number, asked.prompt);
    fragments.submit(number, asked.prompt);
    if (asked.cancelled) fragments.simple(number, "cancel");
  }

  private static boolean tellsOfSubmit(OfTurn event) {
    return switch (event) {
      case SessionEvent.SegmentClosed segment -> segment.closedBy().equals("submit");
      case SessionEvent.Started _,
          SessionEvent.Delta _,
          SessionEvent.Completed _,
          SessionEvent.Failed _,
          SessionEvent.Cancelled _ ->
          true;
      default -> false;
    };
  }
}
