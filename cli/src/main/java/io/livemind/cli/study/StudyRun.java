package io.livemind.cli.study;

import io.livemind.cli.Interruption;
import io.livemind.cli.experiment.Experiment;
import io.livemind.cli.experiment.Laboratory;
import io.livemind.cli.experiment.SimulatedModels;
import io.livemind.cli.experiment.Starts;
import io.livemind.cli.view.PlayView;
import io.livemind.replay.Arm;
import io.livemind.replay.play.Play;
import io.livemind.replay.recording.Recording;
import io.livemind.replay.report.ReplayReport;
import java.util.List;
import java.util.function.BiFunction;

/** Plays a study: every recording in every arm, all in one run. */
final class StudyRun {
  private static final int FRAGMENTS_PER_SECOND = 300;

  private StudyRun() {}

  /**
   * Plays and returns when nothing of the pipeline is left.
   *
   * @param speed of typing and models
   * @param view shows the plays of an experiment
   * @throws InterruptedException if the thread is interrupted before the first key is typed
   */
  static ReplayReport play(
      Study study,
      List<Recording> recordings,
      double speed,
      Interruption interruption,
      BiFunction<List<Play>, Double, PlayView> view)
      throws InterruptedException {
    List<Arm> arms = study.variants().stream().flatMap(variant -> variant.arms().stream()).toList();
    var experiment =
        Experiment.of(recordings, arms, speed, speed, new Starts.Even(FRAGMENTS_PER_SECOND), true);
    List<Play> plays = experiment.plays();
    SimulatedModels models =
        study.modelsWithCache()
            ? SimulatedModels.madeUpWithCache(speed)
            : SimulatedModels.start(speed);
    try (models;
        PlayView shown = view.apply(plays, speed)) {
      return new Laboratory(models, interruption).run(experiment, plays, shown, models.notes());
    }
  }
}
