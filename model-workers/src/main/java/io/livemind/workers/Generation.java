package io.livemind.workers;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a model is asked to write; what is empty is left to the server.
 *
 * @param temperature from 0 on; 0 makes the reply as repeatable as the server can
 * @param topP above 0, at most 1
 * @param seed for servers that know one
 * @param extra further top-level fields of the request, as the server names them: {@code top_k},
 *     {@code priority}, {@code cache_salt}, {@code chat_template_kwargs}. OpenAI-compatible servers
 *     and Anthropic only. The value {@value #USER} stands for a digest of the user whose call it
 *     is, OpenAI-compatible servers only; a call without a user lacks the field
 */
public record Generation(
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Integer> seed,
    Map<String, Object> extra) {

  /** As a value of {@link #extra}: the user's digest. */
  public static final String USER = "{user}";

  /** Everything as the server has it. */
  public static final Generation SERVER_DEFAULT =
      new Generation(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  public Generation {
    extra = Map.copyOf(extra);
    temperature.ifPresent(
        value -> check(value >= 0 && value <= 2, "temperature", "between 0 and 2", value));
    topP.ifPresent(
        value -> check(value > 0 && value <= 1, "top-p", "above 0 and at most 1", value));
  }

  /** Whether a further field tells the server users apart. */
  public boolean namesUser() {
    return extra.containsValue(USER);
  }

  /**
   * The further fields of one call.
   *
   * @param owner digest of the user; empty where there are no users
   */
  public Map<String, Object> extraFor(String owner) {
    var fields = new LinkedHashMap<String, Object>(extra);
    if (owner.isEmpty()) fields.values().removeIf(USER::equals);
    else fields.replaceAll((_, value) -> value.equals(USER) ? owner : value);
    return fields;
  }

  private static void check(boolean holds, String name, String rule, double value) {
    if (!holds) throw ReplicaConfig.wrong("generation." + name, rule, value);
  }
}
