package io.livemind.cli.experiment;

import io.livemind.cli.Interruption;
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
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays an experiment through a pipeline, of its own in this process or one that runs already. */
public final class Laboratory {
  private static final Logger LOG = LoggerFactory.getLogger(Laboratory.class);

  /** A session has one task in flight, so no place is waited for; each costs next to nothing. */
  private static final int FEWEST_PLACES = 16;

  private static final int FEW_SESSIONS = 12;
  private static final int MOST_PASSES = 3;

  /** More would be a load that no replay has. */
  private static final int MOST_WARM_UP_ARMS = 4;

  /** A warm pipeline adds some milliseconds. */
  private static final double WARM_SECONDS = 0.012;

  private final Models models;
  private final Interruption interruption;
  private final OptionalInt limit;

  /**
   * @param models are closed when it is over
   * @param interruption stops the replay early; what has finished is reported
   */
  public Laboratory(Models models, Interruption interruption) {
    this(models, interruption, OptionalInt.empty());
  }

  private Laboratory(Models models, Interruption interruption, OptionalInt limit) {
    this.models = models;
    this.interruption = interruption;
    this.limit = limit;
  }

  /** The same with so many places for tasks, at each model and in all. */
  public Laboratory withPlaces(int places) {
    return new Laboratory(models, interruption, OptionalInt.of(places));
  }

  /**
   * Plays it and returns when nothing of the pipeline is left.
   *
   * @param plays its sessions
   * @param view sees it as it happens
   * @param notes shown in the report
   * @throws InterruptedException if the thread is interrupted before the first key is typed
   */
  public ReplayReport run(
      Experiment experiment, List<Play> plays, PlayView view, List<String> notes)
      throws InterruptedException {
    models.expect(plays);
    try (Pipeline pipeline = open(experiment, plays.size(), view);
        Models serving = models;
        var fragments = new KafkaFragments(pipeline.kafka(), pipeline.topics());
        var answers = new KafkaAnswers(pipeline.kafka(), pipeline.topics())) {
      var ends = new Ends(fragments, answers);
      if (experiment.warmUp() && serving.recorded()) {
        view.phase("warming up");
        warmUp(experiment, plays.size(), ends);
      }
      Optional<RawHop> hop = hop(experiment, pipeline);
      PlayResult result;
      try {
        result = play(plays, experiment.player(), ends, view);
      } finally {
        hop.ifPresent(RawHop::close);
      }
      return ReplayReport.of(
              result, experiment.arms(), experiment.typingSpeed(), serving.served(), notes)
          .withRawHop(hop.flatMap(RawHop::measured));
    }
  }

  private Pipeline open(Experiment experiment, int sessions, PlayView view)
      throws InterruptedException {
    if (experiment.deployment().isPresent()) return Pipeline.running(experiment.deployment().get());
    int places = limit.orElse(Math.max(FEWEST_PLACES, sessions));
    RuntimeConfig config = RuntimeConfig.of(models.configuration(places), places);
    view.phase("starting Kafka and the pipeline");
    return Pipeline.embedded(experiment.damage().map(config::rendering).orElse(config));
  }

  /**
   * A deployment of somebody else gets no topic from us, and a look at a few sessions no figure.
   */
  private static Optional<RawHop> hop(Experiment experiment, Pipeline pipeline)
      throws InterruptedException {
    boolean measured = experiment.warmUp() && pipeline.embedded();
    return measured ? Optional.of(RawHop.start(pipeline)) : Optional.empty();
  }

  /** The two ends of the pipeline. */
  private record Ends(FragmentSink fragments, AnswerSource answers) {}

  /** Where few sessions are played, a cold pipeline has time enough between them. */
  private void warmUp(Experiment experiment, int sessions, Ends ends) throws InterruptedException {
    int passes = sessions <= FEW_SESSIONS ? 0 : MOST_PASSES;
    double seconds = round(WarmUp.GENTLE, experiment, ends);
    for (int pass = 1; pass <= passes && seconds > WARM_SECONDS; pass++) {
      round(WarmUp.HARD, experiment, ends);
      seconds = round(WarmUp.GENTLE, experiment, ends);
    }
  }

  /** The median of what the pipeline added, in seconds. */
  private double round(WarmUp warmUp, Experiment experiment, Ends ends)
      throws InterruptedException {
    if (interruption.requested()) return 0;
    List<Play> plays = warmUp.plays(experiment.arms().stream().limit(MOST_WARM_UP_ARMS).toList());
    models.expect(plays);
    var config = new PlayerConfig(warmUp.speed(), experiment.player().turnDeadline());
    PlayResult result = play(plays, config, ends, Observer.NONE);
    double seconds =
        ReplayReport.of(result, experiment.arms(), warmUp.speed(), models.served(), List.of())
            .overhead()
            .map(Distribution::p50Seconds)
            .orElse(0.0);
    LOG.info("event=warmed_up sessions={} overhead_seconds={}", plays.size(), seconds);
    return seconds;
  }

  private PlayResult play(List<Play> plays, PlayerConfig config, Ends ends, Observer observer)
      throws InterruptedException {
    var player = new Player(config, ends.fragments(), ends.answers(), PlayClock.system());
    try (Interruption.Scope stopping = interruption.stoppingBy(player::stop)) {
      return player.play(plays, observer);
    }
  }
}
