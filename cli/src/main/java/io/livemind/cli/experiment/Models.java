package io.livemind.cli.experiment;

import io.livemind.replay.play.Play;
import io.livemind.replay.report.ServedModels;
import io.livemind.workers.ModelConfig;
import java.util.List;
import java.util.Map;

/** Who thinks and answers. */
public sealed interface Models extends AutoCloseable
    permits SimulatedModels, EndpointModels, DeployedModels {

  /**
   * Where the workers find them, by the name that a task carries.
   *
   * @param places calls at a time
   */
  Map<String, ModelConfig> configuration(int places);

  /** Is told which sessions are going to call. */
  void expect(List<Play> plays);

  /** What is known of the calls that were served. */
  ServedModels served();

  /** Calls that broke a rule, a line each without any text of the conversation; where known. */
  List<String> violations();

  /** Whether replies are the recorded ones, so that answers can be checked against them. */
  boolean recorded();

  /** What a reader of the figures must know of them. */
  List<String> notes();

  /** Ends the calls that run; may be called again. */
  @Override
  void close();
}
