package io.livemind.workers;

import io.livemind.schemas.avro.TaskKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Configuration of a worker process, checked.
 *
 * @param workerId names this process in claims and heartbeats; unique among running workers
 * @param kafka connection of every client: {@code bootstrap.servers}, security
 * @param applicationId prefix of the share groups' names; all workers of a deployment share it
 * @param kinds the task topics that this worker takes from
 * @param models where the models run, by the name that a task carries; what has no entry is served
 *     by {@code inference} or {@code output}, after the kind of the task
 * @param places tasks that this worker holds at a time, of both kinds together
 * @param grantTimeout how long an inference waits for its grant; then its place is given back
 * @param claimTimeout how long a claim may take to be confirmed; then the task is handed back.
 *     Stays below the share group's lock of 15 s
 * @param replicaTimeout how long a task waits for a free place at a replica; then it fails as
 *     overloaded
 * @param heartbeatInterval between two heartbeats; the session machine gives up after three
 * @param deltaInterval between two ticks on which deltas leave
 * @param stopTimeout how long running calls may go on when the worker is closed; then they are
 *     handed back
 * @param warms the model, by its name in {@code models}, whose servers read the prompt of each
 *     inference too, so that the answer finds their prefix caches warm; empty: none
 */
public record WorkerConfig(
    String workerId,
    Map<String, Object> kafka,
    String applicationId,
    Set<TaskKind> kinds,
    Map<String, ModelConfig> models,
    int places,
    Duration grantTimeout,
    Duration claimTimeout,
    Duration replicaTimeout,
    Duration heartbeatInterval,
    Duration deltaInterval,
    Duration stopTimeout,
    Optional<String> warms) {

  public WorkerConfig {
    kafka = Map.copyOf(kafka);
    kinds = Set.copyOf(kinds);
    models = Map.copyOf(models);
    check(!workerId.isBlank(), "worker-id must not be empty");
    check(!applicationId.isBlank(), "application-id must not be empty");
    check(
        kafka.containsKey("bootstrap.servers"),
        "kafka must name bootstrap.servers, the brokers to connect to");
    check(!kinds.isEmpty(), "kinds must name inference, answer or both, but is empty");
    check(!models.isEmpty(), "models must name at least one model, but is empty");
    check(places >= 1, "places must be at least 1, but is " + places);
    within("grant-timeout", grantTimeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    within("claim-timeout", claimTimeout, Duration.ofMillis(100), Duration.ofSeconds(12));
    within("replica-timeout", replicaTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
    within("heartbeat-interval", heartbeatInterval, Duration.ofMillis(50), Duration.ofSeconds(3));
    within("delta-interval", deltaInterval, Duration.ofMillis(5), Duration.ofSeconds(1));
    within("stop-timeout", stopTimeout, Duration.ZERO, Duration.ofMinutes(10));
    check(
        warms.isEmpty() || models.containsKey(warms.get()),
        "warms must be one of "
            + new TreeMap<>(models).keySet()
            + ", but is "
            + warms.orElse("nothing"));
    replicas(models);
  }

  /** Every replica once, whatever number of models it serves. */
  public Collection<ReplicaConfig> replicas() {
    return replicas(models);
  }

  private static Collection<ReplicaConfig> replicas(Map<String, ModelConfig> models) {
    Map<String, ReplicaConfig> byId = new TreeMap<>();
    for (ModelConfig model : models.values()) {
      for (ReplicaConfig replica : model.replicas()) {
        ReplicaConfig other = byId.putIfAbsent(replica.id(), replica);
        check(
            other == null || other.equals(replica),
            "models.*.replicas must be configured once, but differ between models: "
                + replica.id());
      }
    }
    return byId.values();
  }

  /**
   * What is allowed and still not wise, a sentence each.
   *
   * @param workers that run with this configuration
   */
  public List<String> warnings(int workers) {
    return replicas().stream().flatMap(replica -> warning(replica, workers).stream()).toList();
  }

  private static Optional<String> warning(ReplicaConfig replica, int workers) {
    long all = (long) replica.limits().places() * workers;
    return replica
        .limits()
        .capacity()
        .filter(capacity -> all > capacity)
        .map(
            capacity ->
                "worker.models.*.replicas: %s gets up to %d calls at a time from %d workers, but runs %d:"
                        .formatted(replica.id(), all, workers, capacity)
                    + " calls that queue there cannot let an answer pass; lower places to "
                    + Math.max(1, capacity / workers));
  }

  /** The same worker, given another time to stop. */
  public WorkerConfig withStopTimeout(Duration other) {
    return new WorkerConfig(
        workerId,
        kafka,
        applicationId,
        kinds,
        models,
        places,
        grantTimeout,
        claimTimeout,
        replicaTimeout,
        heartbeatInterval,
        deltaInterval,
        other,
        warms);
  }

  /** The same worker, which warms the prefix caches of this model's servers. */
  public WorkerConfig withWarming(String model) {
    return new WorkerConfig(
        workerId,
        kafka,
        applicationId,
        kinds,
        models,
        places,
        grantTimeout,
        claimTimeout,
        replicaTimeout,
        heartbeatInterval,
        deltaInterval,
        stopTimeout,
        Optional.of(model));
  }

  /** Everything that has a default at its default; takes both kinds of task. */
  public static WorkerConfig defaults(
      String workerId,
      Map<String, Object> kafka,
      String applicationId,
      Map<String, ModelConfig> models,
      int places) {
    return new WorkerConfig(
        workerId,
        kafka,
        applicationId,
        Set.of(TaskKind.values()),
        models,
        places,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofMillis(1500),
        Duration.ofMillis(25),
        Duration.ofSeconds(10),
        Optional.empty());
  }

  private static void within(String key, Duration value, Duration least, Duration most) {
    check(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        key + " must lie between " + least + " and " + most + ", but is " + value);
  }

  private static void check(boolean holds, String rule) {
    if (!holds) throw new IllegalArgumentException("worker." + rule);
  }
}
