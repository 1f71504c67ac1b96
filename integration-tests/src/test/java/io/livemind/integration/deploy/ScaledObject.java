package io.livemind.integration.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * KEDA's {@code ScaledObject}: what its resource definition, keda.sh/v1alpha1, has for a trigger
 * from Prometheus. KEDA publishes no Java model.
 */
record ScaledObject(
    @JsonProperty(required = true) String apiVersion,
    @JsonProperty(required = true) String kind,
    @JsonProperty(required = true) Metadata metadata,
    @JsonProperty(required = true) Spec spec) {

  record Metadata(
      @JsonProperty(required = true) String name,
      @Nullable String namespace,
      @Nullable Map<String, String> labels,
      @Nullable Map<String, String> annotations) {}

  record Spec(
      @JsonProperty(required = true) Target scaleTargetRef,
      @Nullable Integer pollingInterval,
      @Nullable Integer cooldownPeriod,
      @Nullable Integer initialCooldownPeriod,
      @Nullable Integer idleReplicaCount,
      @Nullable Integer minReplicaCount,
      @Nullable Integer maxReplicaCount,
      @Nullable Map<String, Object> advanced,
      @Nullable Fallback fallback,
      @JsonProperty(required = true) List<Trigger> triggers) {}

  record Target(
      @Nullable String apiVersion,
      @Nullable String kind,
      @JsonProperty(required = true) String name,
      @Nullable String envSourceContainerName) {}

  record Fallback(
      @JsonProperty(required = true) int failureThreshold,
      @JsonProperty(required = true) int replicas) {}

  record Trigger(
      @JsonProperty(required = true) String type,
      @Nullable String name,
      @Nullable String metricType,
      @Nullable Boolean useCachedMetrics,
      @JsonProperty(required = true) Prometheus metadata,
      @Nullable Map<String, String> authenticationRef) {}

  record Prometheus(
      @JsonProperty(required = true) String serverAddress,
      @JsonProperty(required = true) String query,
      @JsonProperty(required = true) String threshold,
      @Nullable String activationThreshold,
      @Nullable String namespace,
      @Nullable String ignoreNullValues) {}
}
