package io.livemind.cli.experiment;

import io.livemind.cli.CommandException;
import io.livemind.replay.play.Play;
import io.livemind.replay.report.ServedModels;
import io.livemind.workers.ApiKey;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.ReplicaConfig;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Models at servers that the user named. */
public final class EndpointModels implements Models {
  private final Map<String, Endpoint> endpoints;

  /** A model and the key to it. */
  private record Endpoint(ModelEndpoint model, Optional<ApiKey> key) {}

  private EndpointModels(Map<String, Endpoint> endpoints) {
    this.endpoints = endpoints;
  }

  /**
   * The models of the two roles; their servers answer.
   *
   * @param environment may hold {@code LIVEMIND_LLM_API_KEY} and {@code LIVEMIND_SLM_API_KEY}
   * @throws CommandException if a server cannot be reached, or does not take the key
   */
  public static EndpointModels of(
      ModelEndpoint large, Optional<ModelEndpoint> small, Map<String, String> environment)
      throws InterruptedException {
    var endpoints = new LinkedHashMap<String, Endpoint>();
    endpoints.put(ModelRole.LARGE.model(), checked(ModelRole.LARGE, large, environment));
    if (small.isPresent())
      endpoints.put(ModelRole.SMALL.model(), checked(ModelRole.SMALL, small.get(), environment));
    return new EndpointModels(endpoints);
  }

  private static Endpoint checked(
      ModelRole role, ModelEndpoint model, Map<String, String> environment)
      throws InterruptedException {
    Optional<ApiKey> key =
        Optional.ofNullable(environment.get(role.keyVariable()))
            .filter(value -> !value.isBlank())
            .map(ApiKey::new);
    EndpointCheck.check(role, model.url(), key);
    return new Endpoint(model, key);
  }

  @Override
  public Map<String, ModelConfig> configuration(int places) {
    return endpoints.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, entry -> configuration(entry.getValue(), places)));
  }

  private static ModelConfig configuration(Endpoint endpoint, int places) {
    URI url = endpoint.model().url();
    return CommandException.checking(
        () ->
            new ModelConfig(
                List.of(
                    ReplicaConfig.openAi(url, endpoint.model().model(), endpoint.key(), places))));
  }

  /** Servers of others are told nothing of sessions. */
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
    return endpoints.entrySet().stream()
        .map(
            entry ->
                "The "
                    + entry.getKey()
                    + " model is "
                    + entry.getValue().model().model()
                    + " at "
                    + entry.getValue().model().url()
                    + ".")
        .toList();
  }

  @Override
  public void close() {}
}
