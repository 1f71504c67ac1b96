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
 * @param places calls that this worker runs there at a time, at most; keep the sum over all workers
 *     below what the server runs at once, else calls queue there where nobody can cancel them
 * @param timeouts limits of a call
 * @param sendSessionHeaders whether the server learns session, turn, step and kind of a call (see
 *     {@link io.livemind.schemas.RequestHeaders}); only for servers of one's own
 * @param maximumTokens upper limit of a reply, whatever the task allows; empty: none of our own
 * @param generation how the model is asked to write
 */
public record ReplicaConfig(
    String provider,
    URI baseUrl,
    String modelName,
    Optional<ApiKey> key,
    int places,
    Timeouts timeouts,
    boolean sendSessionHeaders,
    Optional<Integer> maximumTokens,
    Generation generation) {

  /** The providers that a worker can call. */
  public static final Set<String> PROVIDERS = Set.of("openai", "anthropic", "gemini");

  private static final String PATH = "worker.models.*.replicas[].";

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
    check(places >= 1, "places", "at least 1", places);
    maximumTokens.ifPresent(
        limit -> check(limit >= 1, "maximum-tokens", "at least 1, or left out", limit));
  }

  /** A replica behind OpenAI's chat completions API, everything else by default. */
  public static ReplicaConfig openAi(
      URI baseUrl, String modelName, Optional<ApiKey> key, int places) {
    return new ReplicaConfig(
        "openai",
        baseUrl,
        modelName,
        key,
        places,
        Timeouts.DEFAULT,
        false,
        Optional.empty(),
        Generation.SERVER_DEFAULT);
  }

  /** The same replica, told what each call belongs to. */
  public ReplicaConfig withSessionHeaders() {
    return new ReplicaConfig(
        provider, baseUrl, modelName, key, places, timeouts, true, maximumTokens, generation);
  }

  /** The same replica with other limits. */
  public ReplicaConfig withTimeouts(Timeouts limits) {
    return new ReplicaConfig(
        provider,
        baseUrl,
        modelName,
        key,
        places,
        limits,
        sendSessionHeaders,
        maximumTokens,
        generation);
  }

  /** What tells this replica from others: routing and logs name it so. */
  public String id() {
    return provider + " " + baseUrl + " " + modelName;
  }

  private static void check(boolean holds, String name, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + name + " must be " + rule + ", but is " + value);
    }
  }
}
