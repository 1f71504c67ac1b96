package io.livemind.workers;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * One server that runs a model.
 *
 * @param provider {@code openai} (and every compatible server), {@code anthropic}, {@code gemini}
 * @param baseUrl of the API, with its version: {@code http://127.0.0.1:8000/v1}
 * @param modelName as the server knows it
 * @param key sent with each call; empty for a server without keys
 * @param limits how much it gets of this worker
 * @param timeouts limits of a call
 * @param sendSessionHeaders whether the server learns session, turn, step and kind of a call (see
 *     {@link io.livemind.schemas.RequestHeaders}); only for servers of one's own
 * @param generation how the model is asked to write
 * @param price of its tokens; empty: calls have no cost
 */
public record ReplicaConfig(
    String provider,
    URI baseUrl,
    String modelName,
    Optional<ApiKey> key,
    ReplicaLimits limits,
    Timeouts timeouts,
    boolean sendSessionHeaders,
    Generation generation,
    Optional<Price> price) {

  /** The providers that a worker can call. */
  public static final Set<String> PROVIDERS = Set.of("openai", "anthropic", "gemini");

  public ReplicaConfig {
    check(
        PROVIDERS.contains(provider),
        "provider",
        "one of openai, anthropic, gemini (openai fits every compatible server)",
        provider);
    String scheme = baseUrl.getScheme();
    check(
        ("http".equals(scheme) || "https".equals(scheme)) && baseUrl.getHost() != null,
        "base-url",
        "an absolute http or https URL such as http://127.0.0.1:8000/v1",
        baseUrl);
    check(!modelName.isBlank(), "model-name", "the name of a model that the server has", "empty");
    boolean anthropic = provider.equals("anthropic");
    check(!anthropic || generation.seed().isEmpty(), "generation.seed", "left out", "set");
    boolean gemini = provider.equals("gemini");
    check(
        provider.equals("openai") || !generation.namesUser(),
        "generation.extra",
        "without " + Generation.USER + " except for openai",
        "with it");
    check(!gemini || generation.extra().isEmpty(), "generation.extra", "left out", "set");
  }

  /** A replica of this provider, everything else by default. */
  public static ReplicaConfig of(
      String provider, URI baseUrl, String modelName, Optional<ApiKey> key, int places) {
    return new ReplicaConfig(
        provider,
        baseUrl,
        modelName,
        key,
        ReplicaLimits.places(places),
        Timeouts.DEFAULT,
        false,
        Generation.SERVER_DEFAULT,
        Optional.empty());
  }

  /** A replica behind OpenAI's chat completions API, everything else by default. */
  public static ReplicaConfig openAi(
      URI baseUrl, String modelName, Optional<ApiKey> key, int places) {
    return of("openai", baseUrl, modelName, key, places);
  }

  /** The same replica, told what each call belongs to. */
  public ReplicaConfig withSessionHeaders() {
    return new ReplicaConfig(
        provider, baseUrl, modelName, key, limits, timeouts, true, generation, price);
  }

  /** The same replica with other limits of a call's time. */
  public ReplicaConfig withTimeouts(Timeouts other) {
    return new ReplicaConfig(
        provider, baseUrl, modelName, key, limits, other, sendSessionHeaders, generation, price);
  }

  /** The same replica with other limits of its load. */
  public ReplicaConfig withLimits(ReplicaLimits other) {
    return new ReplicaConfig(
        provider, baseUrl, modelName, key, other, timeouts, sendSessionHeaders, generation, price);
  }

  /** The same replica, asked to write in another way. */
  public ReplicaConfig withGeneration(Generation other) {
    return new ReplicaConfig(
        provider, baseUrl, modelName, key, limits, timeouts, sendSessionHeaders, other, price);
  }

  /** The same replica at a price. */
  public ReplicaConfig withPrice(Price tokens) {
    return new ReplicaConfig(
        provider,
        baseUrl,
        modelName,
        key,
        limits,
        timeouts,
        sendSessionHeaders,
        generation,
        Optional.of(tokens));
  }

  /** What tells this replica from others: routing, metrics and logs name it so. */
  public String id() {
    return provider + " " + baseUrl + " " + modelName;
  }

  /** Says that a value of a replica's configuration breaks a rule. */
  static IllegalArgumentException wrong(String name, String rule, Object value) {
    return new IllegalArgumentException(
        "worker.models.*.replicas[]." + name + " must be " + rule + ", but is " + value);
  }

  private static void check(boolean holds, String name, String rule, Object value) {
    if (!holds) throw wrong(name, rule, value);
  }
}
