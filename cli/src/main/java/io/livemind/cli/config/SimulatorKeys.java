package io.livemind.cli.config;

import io.livemind.simulator.FaultPlan;
import io.livemind.simulator.SimulatorConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a simulator can be told. */
final class SimulatorKeys {
  static final String MODELS = "simulator.models";
  static final String FAULTS = "simulator.faults";

  /** Served where no model is named. */
  static final String PROFILE_DEFAULT = "fast-hosted-70b";

  static final Key<String> MODEL =
      Key.without(
          MODELS + ".*",
          Kind.TEXT,
          "The profile of the model that requests call by this name; `livemind simulator --list`"
              + " tells the profiles. Without any: `"
              + PROFILE_DEFAULT
              + "`, by its own name.");

  static final Key<String> HOST =
      Key.of("simulator.host", Kind.TEXT, "127.0.0.1", "Address that it listens on.");

  static final Key<Integer> PORT =
      Key.integer("simulator.port", 8090, "Port that it listens on; 0 takes any free one.");

  static final Key<Double> SPEED =
      Key.of("simulator.speed", Kind.NUMBER, "1", "Divides every simulated time.");

  static final Key<Duration> CHUNK_INTERVAL =
      Key.duration(
          "simulator.chunk-interval",
          SimulatorConfig.DEFAULT_CHUNK_INTERVAL,
          "Tokens that are due within this time may share an event.");

  static final Key<Path> SCRIPT =
      Key.without(
          "simulator.script",
          Kind.PATH,
          "Replies in the order of the calls, one JSON object a line: `text`, `fault`.");

  static final Key<Integer> SEED =
      Key.integer("simulator.seed", 0, "Of made-up replies and drawn faults.");

  static final Key<Integer> READ_BACK_LIMIT =
      Key.integer(
          "simulator.read-back-limit",
          SimulatorConfig.DEFAULT_READ_BACK_LIMIT,
          "Calls that `/simulator/served` keeps.");

  static final Key<Integer> SEQUENCES =
      Key.without(
          "simulator.engine.sequences",
          Kind.INTEGER,
          "Calls that a model runs at once; the others wait. Without it: as the profile says.");

  static final Key<Integer> QUEUE =
      Key.without(
          "simulator.engine.queue",
          Kind.INTEGER,
          "Calls that wait; one more gets status 503. Without it: as the profile says, at least 1000"
              + " where `sequences` sets a limit.");

  static final Key<Double> LOAD_FACTOR =
      Key.without(
          "simulator.engine.load-factor",
          Kind.NUMBER,
          "How much longer a token takes when all sequences run than when one does.");

  static final Key<Boolean> PRIORITY_QUEUE =
      Key.flag(
          "simulator.engine.priority-queue",
          false,
          "Whether the request's priority orders the queue; lower is earlier.");

  static final Key<Double> JITTER =
      Key.without(
          "simulator.engine.jitter",
          Kind.NUMBER,
          "Standard deviation of each token's time, as a share of the mean: 0 to 0.3.");

  static final Key<Integer> CACHE_BLOCKS =
      Key.without(
          "simulator.engine.cache-blocks",
          Kind.INTEGER,
          "Blocks of 16 prompt tokens that the prefix cache holds; 0: no cache.");

  static final Key<Double> FAULT =
      Key.without(
          FAULTS + ".*",
          Kind.NUMBER,
          "The share of calls that get the fault of this name, 1 for all; the names stand in"
              + " simulator/README.md.");

  static final Key<Duration> RETRY_AFTER =
      Key.duration(
          "simulator.retry-after",
          FaultPlan.NONE.retryAfter(),
          "Told to calls that are rate limited; whole seconds.");

  static final Key<Duration> STALL_LIMIT =
      Key.duration(
          "simulator.stall-limit",
          FaultPlan.NONE.stallLimit(),
          "After which a call that hangs is cut.");

  static final List<Key<?>> ALL =
      List.of(
          MODEL,
          HOST,
          PORT,
          SPEED,
          CHUNK_INTERVAL,
          SCRIPT,
          SEED,
          READ_BACK_LIMIT,
          SEQUENCES,
          QUEUE,
          LOAD_FACTOR,
          PRIORITY_QUEUE,
          JITTER,
          CACHE_BLOCKS,
          FAULT,
          RETRY_AFTER,
          STALL_LIMIT);

  private SimulatorKeys() {}
}
