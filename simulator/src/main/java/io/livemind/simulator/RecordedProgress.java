package io.livemind.simulator;

import io.livemind.simulator.ConversationCheck.RuleBrokenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One recorded session while it is served: checks each call, picks its reply, counts.
 *
 * <p>Threading: any thread; a call is checked, and its end noted, under one lock.
 */
final class RecordedProgress {
  private final List<RecordedTurnState> turns;
  private final List<RecordedCounts.Violation> violations = new ArrayList<>();

  RecordedProgress(RecordedSession session) {
    this.turns = session.turns().stream().map(RecordedTurnState::new).toList();
  }

  synchronized Reply reply(ChatCall call) throws RefusedException {
    int turn = call.turn().orElse(0);
    int step = call.step().orElse(0);
    try {
      return checkedReply(call);
    } catch (RuleBrokenException broken) {
      String reason = broken.reason();
      if (violations.size() < RecordedCounts.VIOLATION_LIMIT)
        violations.add(new RecordedCounts.Violation(turn, step, broken.rule(), reason));
      throw new RefusedException(ApiError.ruleBroken(broken.rule(), reason));
    }
  }

  synchronized RecordedCounts counts() {
    return new RecordedCounts(
        turns.stream().mapToInt(RecordedTurnState::servedInferences).sum(),
        turns.stream().mapToInt(RecordedTurnState::surplusInferences).sum(),
        turns.stream().mapToInt(RecordedTurnState::unservedInferences).sum(),
        (int) turns.stream().filter(RecordedTurnState::answered).count(),
        violations);
  }

  private Reply checkedReply(ChatCall call) throws RuleBrokenException {
    if (call.turn().isEmpty() || call.step().isEmpty() || call.namedKind().isEmpty())
      throw new RuleBrokenException(
          RecordedRule.HEADERS, "the headers of turn, step and kind are needed, one is missing");
    int turn = call.turn().getAsInt();
    if (turn >= turns.size())
      throw new RuleBrokenException(
          RecordedRule.HEADERS,
          "turn " + turn + " is asked for, " + turns.size() + " are recorded");
    var check = new ConversationCheck(call.messages());
    for (int past = 0; past < turn; past++) check.past(turns.get(past).expected(past));
    RecordedTurnState state = turns.get(turn);
    CallKind kind = call.namedKind().get();
    String typed = check.present(state.expected(turn), kind);
    return switch (kind) {
      case ANSWER -> served(state.answer(), new AnswerDelivery(state));
      case INFERENCE -> inference(state, call.step().getAsInt(), typed);
    };
  }

  private Reply inference(RecordedTurnState state, int step, String typed) {
    int number = state.numberOf(step);
    RecordedReply reply = state.inference(number);
    return served(reply, new InferenceDelivery(state, step, number, reply.text(), typed));
  }

  private static Reply served(RecordedReply reply, Reply.Delivery delivery) {
    return new Reply(
        reply.text(),
        reply.completionTokens(),
        OptionalInt.of(reply.promptTokens()),
        Optional.of(reply.latency()),
        false,
        Optional.empty(),
        delivery);
  }

  private final class AnswerDelivery implements Reply.Delivery {
    private final RecordedTurnState state;
    private boolean first;

    AnswerDelivery(RecordedTurnState state) {
      this.state = state;
    }

    @Override
    public void completed() {
      synchronized (RecordedProgress.this) {
        first = state.answerSent();
      }
    }

    @Override
    public void failed() {
      synchronized (RecordedProgress.this) {
        if (first) state.answerFailed();
      }
    }
  }

  private final class InferenceDelivery implements Reply.Delivery {
    private final RecordedTurnState state;
    private final int step;
    private final int number;
    private final String reply;
    private final String typed;
    private boolean first;

    InferenceDelivery(RecordedTurnState state, int step, int number, String reply, String typed) {
      this.state = state;
      this.step = step;
      this.number = number;
      this.reply = reply;
      this.typed = typed;
    }

    @Override
    public void completed() {
      synchronized (RecordedProgress.this) {
        first = state.inferenceSent(step, number, reply, typed);
      }
    }

    @Override
    public void failed() {
      synchronized (RecordedProgress.this) {
        if (first) state.inferenceFailed(step);
      }
    }
  }
}
