package io.livemind.workers;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a model runs that tasks name.
 *
 * @param replicas servers that are interchangeable for the tasks; at least one
 */
public record ModelConfig(List<ReplicaConfig> replicas) {
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
            "worker.models.*.replicas must differ in provider, URL or model name, but names twice: "
                + replica.id());
      }
    }
  }
}
