package io.livemind.cli.study;

import io.livemind.replay.AnswerLength;
import io.livemind.replay.Arm;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of a study.
 *
 * @param series to which it belongs in the plot
 * @param place where it stands in the plot
 * @param arm that is played
 */
record Variant(String series, String place, Arm arm) {

  /** An arm as its series and place say. */
  static Variant of(String series, String place, Arm arm) {
    return new Variant(series, place, arm.called(series + ", " + place));
  }

  /** Whether the length of its answers is interpolated, so that both extremes are played too. */
  boolean interpolated() {
    return arm.answerLength() == AnswerLength.BY_MEMORY;
  }

  /** The same with answers as long as the recorded ones, which saw all the thinking. */
  Arm shortest() {
    return arm.called(arm.name() + ", live length").answering(AnswerLength.RECORDED);
  }

  /** The same with answers as long as the conventional ones. */
  Arm longest() {
    return arm.called(arm.name() + ", conventional length").answering(AnswerLength.CONVENTIONAL);
  }

  /** The arm, and its extremes where there are any. */
  List<Arm> arms() {
    var arms = new ArrayList<Arm>();
    arms.add(arm);
    if (interpolated()) arms.addAll(List.of(shortest(), longest()));
    return arms;
  }
}
