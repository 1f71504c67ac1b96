package io.livemind.cli.config;

import static io.livemind.cli.config.SimulatorKeys.CACHE_BLOCKS;
import static io.livemind.cli.config.SimulatorKeys.CHUNK_INTERVAL;
import static io.livemind.cli.config.SimulatorKeys.FAULT;
import static io.livemind.cli.config.SimulatorKeys.FAULTS;
import static io.livemind.cli.config.SimulatorKeys.HOST;
import static io.livemind.cli.config.SimulatorKeys.JITTER;
import static io.livemind.cli.config.SimulatorKeys.LOAD_FACTOR;
import static io.livemind.cli.config.SimulatorKeys.MODEL;
import static io.livemind.cli.config.SimulatorKeys.MODELS;
import static io.livemind.cli.config.SimulatorKeys.PORT;
import static io.livemind.cli.config.SimulatorKeys.PRIORITY_QUEUE;
import static io.livemind.cli.config.SimulatorKeys.PROFILE_DEFAULT;
import static io.livemind.cli.config.SimulatorKeys.QUEUE;
import static io.livemind.cli.config.SimulatorKeys.READ_BACK_LIMIT;
import static io.livemind.cli.config.SimulatorKeys.RETRY_AFTER;
import static io.livemind.cli.config.SimulatorKeys.SCRIPT;
import static io.livemind.cli.config.SimulatorKeys.SEED;
import static io.livemind.cli.config.SimulatorKeys.SEQUENCES;
import static io.livemind.cli.config.SimulatorKeys.SPEED;
import static io.livemind.cli.config.SimulatorKeys.STALL_LIMIT;

import io.livemind.simulator.Fault;
import io.livemind.simulator.FaultPlan;
import io.livemind.simulator.ModelProfile;
import io.livemind.simulator.ModelProfiles;
import io.livemind.simulator.ScriptFile;
import io.livemind.simulator.SimulatorConfig;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From settings to a simulator's configuration. */
public final class SimulatorSettings {
  private static final int QUEUE_DEFAULT = 1_000;

  private SimulatorSettings() {}

  /**
   * The configuration of a simulator process.
   *
   * @throws ConfigurationException if a value is wrong
   */
  public static SimulatorConfig of(Settings settings) {
    return settings.checked(
        () ->
            new SimulatorConfig(
                settings.get(PORT),
                settings.get(SPEED),
                models(settings),
                settings.get(HOST),
                settings.get(CHUNK_INTERVAL),
                faults(settings),
                settings.find(SCRIPT).map(ScriptFile::read).orElse(List.of()),
                settings.get(SEED),
                settings.get(READ_BACK_LIMIT)));
  }

  /** The key of a model's profile, for a flag. */
  public static String modelKey(String model) {
    return MODEL.at(model).name();
  }

  private static Map<String, ModelProfile> models(Settings settings) {
    Set<String> names = settings.namesUnder(MODELS);
    if (names.isEmpty()) names = Set.of(PROFILE_DEFAULT);
    Map<String, ModelProfile> models = new LinkedHashMap<>();
    for (String name : names) {
      String profile = settings.find(MODEL.at(name)).orElse(PROFILE_DEFAULT);
      models.put(name, engine(settings, profile(settings, MODEL.at(name), profile)));
    }
    return models;
  }

  private static ModelProfile profile(Settings settings, Key<String> key, String name) {
    Map<String, ModelProfile> known =
        ModelProfiles.all().stream()
            .collect(
                Collectors.toMap(
                    ModelProfile::name, profile -> profile, (a, b) -> a, LinkedHashMap::new));
    Kind<ModelProfile> kind =
        new Kind<>(
            "one of " + String.join(", ", known.keySet()),
            text ->
                Optional.ofNullable(known.get(text))
                    .orElseThrow(() -> new IllegalArgumentException(text)));
    return settings.read(key, kind, name);
  }

  private static ModelProfile engine(Settings settings, ModelProfile profile) {
    Optional<Integer> sequences = settings.find(SEQUENCES);
    int usualQueue =
        sequences.isPresent() ? Math.max(profile.maxQueue(), QUEUE_DEFAULT) : profile.maxQueue();
    ModelProfile engine =
        profile
            .withConcurrency(
                sequences.orElse(profile.maxSequences()),
                settings.find(QUEUE).orElse(usualQueue),
                settings.find(LOAD_FACTOR).orElse(profile.loadFactor()))
            .withPriorityQueue(settings.get(PRIORITY_QUEUE) || profile.priorityQueue())
            .withCacheBlocks(settings.find(CACHE_BLOCKS).orElse(profile.cacheBlocks()));
    return settings
        .find(JITTER)
        .map(jitter -> engine.withJitter(jitter, profile.seed()))
        .orElse(engine);
  }

  private static FaultPlan faults(Settings settings) {
    Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    for (String name : settings.namesUnder(FAULTS))
      rates.put(
          Fault.of(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s must be one of %s, but is %s"
                              .formatted(FAULTS, Fault.codes(), name))),
          settings.get(FAULT.at(name)));
    return new FaultPlan(
        rates, settings.get(SEED), settings.get(RETRY_AFTER), settings.get(STALL_LIMIT));
  }
}
