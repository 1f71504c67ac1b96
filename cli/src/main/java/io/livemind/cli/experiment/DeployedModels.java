package io.livemind.cli.experiment;

import io.livemind.replay.play.Play;
import io.livemind.replay.report.ServedModels;
import io.livemind.workers.ModelConfig;
import java.util.List;
import java.util.Map;

/** The models of a deployment that runs already: nothing is known of them here. */
public final class DeployedModels implements Models {

  @Override
  public Map<String, ModelConfig> configuration(int places) {
    return Map.of();
  }

  @Override
  public void expect(List<Play> plays) {}

  @Override
  public ServedModels served() {
    return ServedModels.UNKNOWN;
  }

  @Override
  public List<String> violations() {
    return List.of();
  }

  @Override
  public boolean recorded() {
    return false;
  }

  @Override
  public List<String> notes() {
    return List.of("The models are those of the deployment; answers are not compared.");
  }

  @Override
  public void close() {}
}
