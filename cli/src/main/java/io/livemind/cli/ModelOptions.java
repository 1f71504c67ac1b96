package io.livemind.cli;

import io.livemind.cli.experiment.EndpointModels;
import io.livemind.cli.experiment.ModelEndpoint;
import io.livemind.cli.experiment.Models;
import io.livemind.cli.experiment.SimulatedModels;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that put real models in the simulator's place. */
final class ModelOptions {
  @Option(
      names = "--llm",
      paramLabel = "URL,MODEL",
      converter = ModelEndpoint.Converter.class,
      description = {
        "The large model, at an OpenAI-compatible server, instead of the simulator.",
        "Its key is taken from LIVEMIND_LLM_API_KEY."
      })
  private @Nullable ModelEndpoint large;

  @Option(
      names = "--slm",
      paramLabel = "URL,MODEL",
      converter = ModelEndpoint.Converter.class,
      description = {
        "The small model, likewise; needs --llm.",
        "Its key is taken from LIVEMIND_SLM_API_KEY."
      })
  private @Nullable ModelEndpoint small;

  /** Whether the recorded replies are served. */
  boolean simulated() {
    return large == null;
  }

  /** Whether none is named. */
  boolean none() {
    return large == null && small == null;
  }

  /** Whether a small model can answer. */
  boolean hasSmall() {
    return simulated() || small != null;
  }

  /**
   * The models, ready to be called.
   *
   * @param speed divides the time of simulated ones
   * @throws CommandException if a server cannot be reached, or the options do not fit together
   */
  Models open(double speed, Map<String, String> environment) throws InterruptedException {
    check();
    return large == null
        ? SimulatedModels.start(speed)
        : EndpointModels.of(large, Optional.ofNullable(small), environment);
  }

  private void check() {
    if (large == null && small != null)
      throw CommandException.usage(
          "--slm needs --llm: the small model answers with what the large one inferred");
  }
}
