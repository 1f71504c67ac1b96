package io.livemind.cli.experiment;

import io.livemind.replay.report.ServedModels.Tokens;
import io.livemind.simulator.CallKind;
import io.livemind.simulator.ServedCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the calls of a session have cost, as the simulator served them. */
final class ServedTokens {
  private ServedTokens() {}

  /** Calls of one session; of the answers to a turn, all but the last whole one came to nothing. */
  static Tokens of(List<ServedCall> calls) {
    Map<Integer, Long> shown = new HashMap<>();
    for (ServedCall call : calls)
      if (call.kind() == CallKind.ANSWER && call.whole()) shown.put(call.turn(), call.number());
    long prompt = 0;
    long cached = 0;
    long completion = 0;
    long wasted = 0;
    for (ServedCall call : calls) {
      prompt += call.promptTokens();
      cached += call.cachedTokens();
      completion += call.completionTokens();
      boolean used =
          call.kind() == CallKind.ANSWER
              ? shown.getOrDefault(call.turn(), -1L) == call.number()
              : call.whole();
      if (!used) wasted += call.promptTokens() + call.completionTokens();
    }
    return new Tokens(prompt, cached, completion, wasted);
  }
}
