package io.livemind.cli.config;

import static io.livemind.cli.config.WorkerKeys.*;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.livemind.schemas.avro.TaskKind;
import io.livemind.workers.ApiKey;
import io.livemind.workers.Generation;
import io.livemind.workers.ModelConfig;
import io.livemind.workers.Price;
import io.livemind.workers.ReplicaConfig;
import io.livemind.workers.ReplicaLimits;
import io.livemind.workers.Timeouts;
import io.livemind.workers.WorkerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** From settings to a worker's configuration. */
public final class WorkerSettings {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Kind<TaskKind> TASK_KIND = Kind.choice(TaskKind.class);

  private WorkerSettings() {}

  /**
   * The configuration of a worker process.
   *
   * @throws ConfigurationException if a value is wrong or missing
   */
  public static WorkerConfig of(Settings settings) {
    return of(settings, UnaryOperator.identity());
  }

  /** The same with a changed connection to Kafka. */
  public static WorkerConfig of(Settings settings, UnaryOperator<Map<String, Object>> connection) {
    return settings.checked(
        () ->
            new WorkerConfig(
                settings.find(ID).orElseGet(InstanceName::unique),
                connection.apply(KafkaSettings.of(settings)),
                settings.get(Keys.APPLICATION_ID),
                kinds(settings),
                models(settings),
                settings.get(PLACES),
                settings.get(GRANT_TIMEOUT),
                settings.get(CLAIM_TIMEOUT),
                settings.get(REPLICA_TIMEOUT),
                settings.get(HEARTBEAT_INTERVAL),
                settings.get(DELTA_INTERVAL),
                settings.get(STOP_TIMEOUT),
                settings.find(WARMS)));
  }

  private static Set<TaskKind> kinds(Settings settings) {
    return settings.get(KINDS).stream()
        .map(text -> settings.read(KINDS, TASK_KIND, text))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, ModelConfig> models(Settings settings) {
    Set<String> names = settings.namesUnder(MODELS);
    if (names.isEmpty())
      throw settings.missing(
          MODELS + ".NAME.replicas[0].base-url", "a worker needs a model, at least `large`");
    Map<String, ModelConfig> models = new LinkedHashMap<>();
    for (String name : names) {
      List<ReplicaConfig> replicas = new ArrayList<>();
      int count = settings.countUnder(MODELS + "." + Key.segment(name) + ".replicas");
      for (int i = 0; i < count; i++) replicas.add(replica(settings, name, i));
      models.put(name, new ModelConfig(replicas));
    }
    return models;
  }

  private static ReplicaConfig replica(Settings settings, String model, int number) {
    return new ReplicaConfig(
        settings.get(PROVIDER.at(model, number)),
        settings.get(BASE_URL.at(model, number)),
        settings.get(MODEL_NAME.at(model, number)),
        settings.find(KEY.at(model, number)).map(ApiKey::new),
        limits(settings, model, number),
        timeouts(settings, model, number),
        settings.get(SESSION_HEADERS.at(model, number)),
        generation(settings, model, number),
        price(settings, model, number));
  }

  private static ReplicaLimits limits(Settings settings, String model, int number) {
    return new ReplicaLimits(
        settings.find(REPLICA_PLACES.at(model, number)).orElseGet(() -> settings.get(PLACES)),
        settings.find(CAPACITY.at(model, number)),
        settings.find(CONTEXT_WINDOW.at(model, number)),
        settings.find(MAXIMUM_TOKENS.at(model, number)),
        settings.find(REQUESTS_PER_MINUTE.at(model, number)),
        settings.find(TOKENS_PER_MINUTE.at(model, number)));
  }

  private static Optional<Price> price(Settings settings, String model, int number) {
    Optional<Double> prompt = settings.find(PRICE_PROMPT.at(model, number));
    Optional<Double> cached = settings.find(PRICE_CACHED_PROMPT.at(model, number));
    Optional<Double> completion = settings.find(PRICE_COMPLETION.at(model, number));
    if (prompt.isEmpty() && cached.isEmpty() && completion.isEmpty()) return Optional.empty();
    double read = prompt.orElse(0.0);
    return Optional.of(new Price(read, cached.orElse(read), completion.orElse(0.0)));
  }

  private static Timeouts timeouts(Settings settings, String model, int number) {
    return new Timeouts(
        settings.get(CONNECT.at(model, number)),
        settings.get(HEADERS.at(model, number)),
        settings.get(FIRST_TOKEN.at(model, number)),
        settings.get(IDLE.at(model, number)),
        settings.get(TOTAL.at(model, number)));
  }

  private static Generation generation(Settings settings, String model, int number) {
    Map<String, Object> extra = new LinkedHashMap<>();
    String above = EXTRA.at(model, number).name().replace(".*", "");
    for (String field : settings.namesUnder(above))
      extra.put(field, json(settings.get(EXTRA.at(model, number, field))));
    return new Generation(
        settings.find(TEMPERATURE.at(model, number)),
        settings.find(TOP_P.at(model, number)),
        settings.find(SEED.at(model, number)),
        extra);
  }

  private static Object json(String text) {
    try {
      Object value = JSON.readValue(text, Object.class);
      return value == null ? text : value;
    } catch (JsonProcessingException isText) {
      return text;
    }
  }
}
