package io.livemind.integration.chaos.check;

import io.livemind.integration.chaos.history.History;
import java.util.List;

/** What the system promises, each with the checker that holds it against a history. */
public enum Guarantee {
  G1("an acknowledged fragment is never lost", Prompts::lost),
  G2("fragments of a session take effect once, in the client's order", Prompts::twiceOrOutOfOrder),
  G3("a turn has at most one visible answer, from one attempt", Answers::moreThanOne),
  G4(
      "a submitted turn ends in time with a whole answer or a typed error",
      Answers::withoutProperEnd),
  G5("a client that comes back gets its events without gap or repeat", Streams::violations),
  G6("no text of a session reaches another", Privacy::foreignText),
  G7("a bad record or session slows no other by more than a fifth", Timing::slowedBystanders),
  G8("what was struck goes on within its time", Timing::lateRecoveries),
  G9(
      "overload is refused with a time to come back; thinking is shed before answers",
      Overload::violations),
  G10("text that was deleted before the submit is in no prompt of the answer", Prompts::deleted);

  private final String sentence;
  private final Checker checker;

  Guarantee(String sentence, Checker checker) {
    this.sentence = sentence;
    this.checker = checker;
  }

  /** What is promised. */
  public String sentence() {
    return sentence;
  }

  /** One sentence for each violation; none if the history keeps the promise. */
  public List<String> violations(History history) {
    return checker.violations(history);
  }
}
