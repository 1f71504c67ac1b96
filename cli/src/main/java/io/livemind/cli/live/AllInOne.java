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
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

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

  /**
   * What closing may take: the gateway lets chat completions come to their end for up to half a
   * minute, for which they need the rest, and the rest takes some seconds more.
   */
  public static final Duration LONGEST_CLOSE = Duration.ofSeconds(40);

  private static final Executor BESIDE =
      task -> Thread.ofPlatform().name("gateway-start").start(task);

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
    Map<String, SessionOptions> offered = offered(models);
    var gateway = new CompletableFuture<GatewayApp>();
    Optional<EmbeddedRuntime> runtime = Optional.empty();
    try {
      GatewayApp.checkPort(GatewayConfig.local(port, Map.of()));
      var config =
          RuntimeConfig.of(models.configuration(PLACES), PLACES).closedWithin(LONGEST_CLOSE);
      // Topology and worker mostly wait for the broker meanwhile.
      runtime =
          Optional.of(
              EmbeddedRuntime.start(
                  config,
                  began -> gateway.completeAsync(() -> gateway(port, offered, began), BESIDE)));
      return new AllInOne(models, runtime.get(), gateway.get());
    } catch (RuntimeException e) {
      throw closed(e, models, runtime, gateway);
    } catch (InterruptedException e) {
      throw closed(e, models, runtime, gateway);
    } catch (ExecutionException e) {
      var cause =
          e.getCause() instanceof RuntimeException known
              ? known
              : new IllegalStateException("the gateway did not start", e.getCause());
      throw closed(cause, models, runtime, gateway);
    }
  }

  private static GatewayApp gateway(
      int port, Map<String, SessionOptions> offered, EmbeddedRuntime runtime) {
    GatewayConfig config =
        GatewayConfig.local(port, runtime.kafka()).withModels(offered).withSamples(samples());
    return GatewayApp.start(config, runtime.topics());
  }

  /** Nothing is left behind. */
  private static <E extends Exception> E closed(
      E failure,
      Models models,
      Optional<EmbeddedRuntime> runtime,
      CompletableFuture<GatewayApp> gateway) {
    var unused = gateway.thenAccept(GatewayApp::close);
    models.close();
    runtime.ifPresent(EmbeddedRuntime::close);
    return failure;
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
