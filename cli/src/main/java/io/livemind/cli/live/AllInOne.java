package io.livemind.cli.live;

import io.livemind.cli.embedded.EmbeddedRuntime;
import io.livemind.cli.embedded.RuntimeConfig;
import io.livemind.cli.experiment.ModelRole;
import io.livemind.cli.experiment.Models;
import io.livemind.gateway.GatewayApp;
import io.livemind.gateway.GatewayConfig;
import io.livemind.replay.demo.DemoRecordings;
import io.livemind.replay.recording.Recording;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.SessionOptions;
import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Models, the whole pipeline and a gateway on loopback, all in this process.
 *
 * <p>Threading: one thread starts and closes it.
 */
public final class AllInOne implements AutoCloseable {
  /** Turns at a time; more wait. Each place costs next to nothing. */
  private static final int PLACES = 64;

  /** Whoever reads a complete prompt once more before Enter finds its answer made. */
  private static final int DRAFT_PAUSE_MILLIS = 1_000;

  private final Models models;
  private final EmbeddedRuntime runtime;
  private final GatewayApp gateway;

  private AllInOne(Models models, EmbeddedRuntime runtime, GatewayApp gateway) {
    this.models = models;
    this.runtime = runtime;
    this.gateway = gateway;
  }

  /**
   * Starts everything and returns when people can type.
   *
   * @param port of the gateway; 0 takes any free one
   * @param models are closed with it, also if it does not start
   * @throws io.livemind.gateway.PortTakenException if another process has the port
   * @throws InterruptedException if the thread is interrupted; nothing is left behind then
   */
  public static AllInOne start(int port, Models models) throws InterruptedException {
    EmbeddedRuntime runtime;
    Map<String, SessionOptions> offered = offered(models);
    try {
      GatewayApp.checkPort(GatewayConfig.local(port, Map.of()));
      runtime = EmbeddedRuntime.start(RuntimeConfig.of(models.configuration(PLACES), PLACES));
    } catch (RuntimeException | InterruptedException e) {
      models.close();
      throw e;
    }
    try {
      GatewayConfig config =
          GatewayConfig.local(port, runtime.kafka()).withModels(offered).withSamples(samples());
      return new AllInOne(models, runtime, GatewayApp.start(config, runtime.topics()));
    } catch (RuntimeException e) {
      models.close();
      runtime.close();
      throw e;
    }
  }

  /** Where people go. */
  public URI uri() {
    return URI.create("http://localhost:" + gateway.uri().getPort() + "/");
  }

  /** Gateway first, so that clients are told; then the models, so that no call holds a worker. */
  @Override
  public void close() {
    gateway.close();
    models.close();
    runtime.close();
  }

  /** The prompts of the recordings that come with the program, English and short ones first. */
  private static List<String> samples() {
    return DemoRecordings.load().stream()
        .sorted(
            Comparator.comparing((Recording recording) -> !recording.language().equals("en"))
                .thenComparing(recording -> firstPrompt(recording).length()))
        .map(AllInOne::firstPrompt)
        .toList();
  }

  private static String firstPrompt(Recording recording) {
    return recording.turns().getFirst().prompt();
  }

  private static SessionOptions drafting(SessionOptions options) {
    return SessionOptions.newBuilder(options).setDraftPauseMillis(DRAFT_PAUSE_MILLIS).build();
  }

  /** What clients may ask for by name: nothing that needs a model which is not there. */
  private static Map<String, SessionOptions> offered(Models models) {
    var offered = new LinkedHashMap<>(GatewayConfig.defaultModels());
    offered.replaceAll(
        (_, options) -> options.getMode() == Mode.LIVE ? drafting(options) : options);
    if (!models.configuration(PLACES).containsKey(ModelRole.SMALL.model()))
      offered.values().removeIf(it -> it.getOutputModel().equals(ModelRole.SMALL.model()));
    return offered;
  }
}
