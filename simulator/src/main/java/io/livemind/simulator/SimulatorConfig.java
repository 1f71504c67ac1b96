package io.livemind.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Settings of a simulator. Start from {@link #of} and change what differs.
 *
 * @param port to listen on; 0: any free one
 * @param speed divides every simulated time; above 0
 * @param models by the name that requests give in {@code model}; at least one
 * @param bindAddress to listen on; a name or an address of this host
 * @param chunkInterval tokens that are due within this time of each other may leave in one event,
 *     as with an engine's stream interval; the first token leaves alone and the last one in time.
 *     Wall time, not divided by the speed; 0: an event a token
 * @param faults of calls that do not ask for them
 * @param script replies to calls of sessions that have no recording and no script of their own, in
 *     the order in which the calls arrive, and again from the beginning after the last; empty: such
 *     calls get replies that are plainly labelled as simulated
 * @param seed of those labelled replies
 * @param readBackLimit calls that {@link Simulator#served()} keeps; the oldest is dropped for one
 *     more. The messages of all kept calls together are bounded by {@value #READ_BACK_CHARACTERS}
 *     characters
 */
public record SimulatorConfig(
    int port,
    double speed,
    Map<String, ModelProfile> models,
    String bindAddress,
    Duration chunkInterval,
    FaultPlan faults,
    List<ScriptedReply> script,
    long seed,
    int readBackLimit) {
  /** UTF-16 units of messages that are kept for reading back, of all calls together. */
  public static final int READ_BACK_CHARACTERS = 32 * 1024 * 1024;

  /** 20 ms: below it, events only cost; a person sees no difference. */
  public static final Duration DEFAULT_CHUNK_INTERVAL = Duration.ofMillis(20);

  /** A replay of the 1,117 shared sessions in four arms makes about 14,000 calls. */
  public static final int DEFAULT_READ_BACK_LIMIT = 50_000;

  private static final int HIGHEST_PORT = 65_535;

  public SimulatorConfig {
    check(
        port >= 0 && port <= HIGHEST_PORT,
        "port",
        "from 0 to " + HIGHEST_PORT,
        port,
        ": 0 takes any free one");
    check(
        speed > 0 && !Double.isInfinite(speed),
        "speed",
        "above 0",
        speed,
        ": 1 is the speed of the profile");
    models = Map.copyOf(models);
    check(!models.isEmpty(), "models", "one or more", "none", ": see livemind simulator --list");
    check(!chunkInterval.isNegative(), "chunk-interval", "0 or more", chunkInterval, "");
    script = List.copyOf(script);
    check(readBackLimit >= 0, "read-back-limit", "0 or more", readBackLimit, "");
  }

  static void check(boolean holds, String key, String rule, Object value, String remedy) {
    if (!holds)
      throw new IllegalArgumentException(
          "simulator." + key + " must be " + rule + ", but is " + value + remedy);
  }

  /** These models on any free port of the loopback address, at their own speed, without faults. */
  public static SimulatorConfig of(Map<String, ModelProfile> models) {
    return new SimulatorConfig(
        0,
        1,
        models,
        "127.0.0.1",
        DEFAULT_CHUNK_INTERVAL,
        FaultPlan.NONE,
        List.of(),
        0,
        DEFAULT_READ_BACK_LIMIT);
  }

  /** The same on another port. */
  public SimulatorConfig withPort(int newPort) {
    return with(newPort, speed, bindAddress, chunkInterval, faults, script, seed);
  }

  /** The same at another speed. */
  public SimulatorConfig withSpeed(double newSpeed) {
    return with(port, newSpeed, bindAddress, chunkInterval, faults, script, seed);
  }

  /** The same on another address. */
  public SimulatorConfig withBindAddress(String address) {
    return with(port, speed, address, chunkInterval, faults, script, seed);
  }

  /** The same with another interval of events. */
  public SimulatorConfig withChunkInterval(Duration interval) {
    return with(port, speed, bindAddress, interval, faults, script, seed);
  }

  /** The same with faults. */
  public SimulatorConfig withFaults(FaultPlan plan) {
    return with(port, speed, bindAddress, chunkInterval, plan, script, seed);
  }

  /** The same with scripted replies. */
  public SimulatorConfig withScript(List<ScriptedReply> replies) {
    return with(port, speed, bindAddress, chunkInterval, faults, replies, seed);
  }

  /** The same with another seed of the labelled replies. */
  public SimulatorConfig withSeed(long newSeed) {
    return with(port, speed, bindAddress, chunkInterval, faults, script, newSeed);
  }

  /** The same with another number of calls that can be read back. */
  public SimulatorConfig withReadBackLimit(int limit) {
    return new SimulatorConfig(
        port, speed, models, bindAddress, chunkInterval, faults, script, seed, limit);
  }

  private SimulatorConfig with(
      int newPort,
      double newSpeed,
      String address,
      Duration interval,
      FaultPlan plan,
      List<ScriptedReply> replies,
      long newSeed) {
    return new SimulatorConfig(
        newPort, newSpeed, models, address, interval, plan, replies, newSeed, readBackLimit);
  }
}
