package io.livemind.cli.experiment;

import io.livemind.cli.Interruption;
import io.livemind.cli.embedded.EmbeddedRuntime;
import io.livemind.cli.embedded.RuntimeConfig;
import io.livemind.cli.view.PlayView;
import io.livemind.replay.play.AnswerSource;
import io.livemind.replay.play.FragmentSink;
import io.livemind.replay.play.KafkaAnswers;
import io.livemind.replay.play.KafkaFragments;
import io.livemind.replay.play.Observer;
import io.livemind.replay.play.Play;
import io.livemind.replay.play.PlayClock;
import io.livemind.replay.play.PlayResult;
import io.livemind.replay.play.Player;
import io.livemind.replay.play.PlayerConfig;
import io.livemind.replay.report.Distribution;
import io.livemind.replay.report.ReplayReport;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays an experiment through a pipeline of its own, in this process. */
public final class Laboratory {
  private static final Logger LOG = LoggerFactory.getLogger(Laboratory.class);

  /** A session has one task in flight, so no place is waited for; each costs next to nothing. */
  private static final int FEWEST_PLACES = 16;

  private static final int MOST_ROUNDS = 4;

  /** A warm pipeline adds some milliseconds. */
  private static final double WARM_SECONDS = 0.012;

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
   * @param view sees it as it happens
   * @param notes shown in the report
   * @throws InterruptedException if the thread is interrupted before the first key is typed
   */
  public ReplayReport run(Experiment experiment, PlayView view, List<String> notes)
      throws InterruptedException {
    List<Play> plays = experiment.plays();
    models.expect(plays);
    int places = Math.max(FEWEST_PLACES, plays.size());
    RuntimeConfig config = RuntimeConfig.of(models.configuration(places), places);
    RuntimeConfig rendering = experiment.damage().map(config::rendering).orElse(config);
    view.phase("starting Kafka and the pipeline");
    try (EmbeddedRuntime runtime = EmbeddedRuntime.start(rendering);
        Models serving = models;
        var fragments = new KafkaFragments(runtime.kafka(), runtime.topics());
        var answers = new KafkaAnswers(runtime.kafka(), runtime.topics())) {
      var ends = new Ends(fragments, answers);
      if (experiment.warmUp() && serving.recorded()) {
        view.phase("warming up");
        warmUp(experiment, ends);
      }
      PlayResult result = play(plays, experiment.player(), ends, view);
      return ReplayReport.of(
          result, experiment.arms(), experiment.typingSpeed(), serving.served(), notes);
    }
  }

  /** The two ends of the pipeline. */
  private record Ends(FragmentSink fragments, AnswerSource answers) {}

  /** Plays rounds until the pipeline adds little, or enough of them. */
  private void warmUp(Experiment experiment, Ends ends) throws InterruptedException {
    var player = new PlayerConfig(WarmUp.SPEED, experiment.player().turnDeadline());
    for (int round = 1; round <= MOST_ROUNDS && !interruption.requested(); round++) {
      List<Play> plays = WarmUp.round(experiment.arms());
      models.expect(plays);
      PlayResult result = play(plays, player, ends, Observer.NONE);
      ReplayReport report =
          ReplayReport.of(result, experiment.arms(), WarmUp.SPEED, models.served(), List.of());
      double overheadSeconds = report.overhead().map(Distribution::p50Seconds).orElse(0.0);
      LOG.info("event=warmed_up round={} overhead_seconds={}", round, overheadSeconds);
      if (overheadSeconds < WARM_SECONDS) return;
    }
  }

  private PlayResult play(List<Play> plays, PlayerConfig config, Ends ends, Observer observer)
      throws InterruptedException {
    var player = new Player(config, ends.fragments(), ends.answers(), PlayClock.system());
    try (Interruption.Scope stopping = interruption.stoppingBy(player::stop)) {
      return player.play(plays, observer);
    }
  }
}
