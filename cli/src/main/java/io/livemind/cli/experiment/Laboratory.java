package io.livemind.cli.experiment;

import io.livemind.cli.Interruption;
import io.livemind.cli.embedded.EmbeddedRuntime;
import io.livemind.cli.embedded.RuntimeConfig;
import io.livemind.replay.play.KafkaAnswers;
import io.livemind.replay.play.KafkaFragments;
import io.livemind.replay.play.Observer;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayClock;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.Player;
import io.livemind.replay.report.ReplayReport;
import java.util.List;

/** Plays an experiment through a pipeline of its own, in this process. */
public final class Laboratory {
  /** A session has one task in flight, so no place is waited for; each costs next to nothing. */
  private static final int FEWEST_PLACES = 16;

  private final Models models;
  private final Interruption interruption;

  /**
   * @param models are closed when it is over
   * @param interruption stops the replay early; what has finished is reported
   */
  public Laboratory(Models models, Interruption interruption) {
    this.models = models;
    this.interruption = interruption;
  }

  /**
   * Plays it and returns when nothing of the pipeline is left.
   *
   * @param observer sees it as it happens
   * @param notes shown in the report, with those on the models
   * @throws InterruptedException if the thread is interrupted before the first key is typed
   */
  public ReplayReport run(Experiment experiment, Observer observer, List<String> notes)
      throws InterruptedException {
    List<Play> plays = experiment.plays();
    models.expect(plays);
    int places = Math.max(FEWEST_PLACES, plays.size());
    RuntimeConfig config = RuntimeConfig.of(models.configuration(places), places);
    RuntimeConfig rendering = experiment.damage().map(config::rendering).orElse(config);
    try (EmbeddedRuntime runtime = EmbeddedRuntime.start(rendering);
        Models serving = models) {
      PlayResult result = play(experiment, plays, runtime, observer);
      return ReplayReport.of(
          result, experiment.arms(), experiment.typingSpeed(), serving.served(), notes);
    }
  }

  private PlayResult play(
      Experiment experiment, List<Play> plays, EmbeddedRuntime runtime, Observer observer)
      throws InterruptedException {
    try (var fragments = new KafkaFragments(runtime.kafka(), runtime.topics());
        var answers = new KafkaAnswers(runtime.kafka(), runtime.topics())) {
      var player = new Player(experiment.player(), fragments, answers, PlayClock.system());
      try (Interruption.Scope stopping = interruption.stoppingBy(player::stop)) {
        return player.play(plays, observer);
      }
    }
  }
}
