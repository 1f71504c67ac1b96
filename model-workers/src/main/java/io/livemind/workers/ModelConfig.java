package io.livemind.workers;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a model runs that tasks name. A replica may serve several models: its places are shared
 * then.
 *
 * @param replicas servers that are interchangeable for the tasks; at least one
 */
public record ModelConfig(List<ReplicaConfig> replicas) {
  /** Serves inference tasks whose model has no entry of its own. */
  public static final String INFERENCE = "inference";

  /** Serves answer tasks whose model has no entry of its own. */
  public static final String OUTPUT = "output";

  public ModelConfig {
    replicas = List.copyOf(replicas);
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException(
          "worker.models.*.replicas must name at least one replica, but is empty");
    }
    Set<String> ids = new HashSet<>();
    for (ReplicaConfig replica : replicas) {
      if (!ids.add(replica.id())) {
        throw new IllegalArgumentException(
            "worker.models.*.replicas must differ in provider, URL or model name, but"
                + " names twice: "
                + replica.id());
      }
    }
  }
}
