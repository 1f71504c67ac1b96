package io.livemind.benchmarks.scaling;

/**
 * What a load needs: bytes, cores and partitions, each with room to spare.
 *
 * @param people who type
 * @param costs of the product
 */
public record ScalingModel(People people, Costs costs) {
  private static final int REPLICAS = 3;

  /** Steady use of a core; what is above is for peaks and for the loss of a zone. */
  private static final double USE = 0.5;

  private static final double CORES_PER_INSTANCE = 4;
  private static final double CORES_PER_BROKER = 16;
  private static final double DISK_MEGABYTES_PER_BROKER = 400;
  private static final double MICROS = 1e6;

  /** Megabytes a second that clients write, before replication. */
  public double writtenMegabytes() {
    double bytes =
        people.fragments() * (costs.fragmentBytes() + costs.headBytes())
            + people.modelCalls() * costs.callBytes()
            + deltas() * costs.deltaBytes();
    return bytes / 1e6;
  }

  /** Deltas of all answers a second. */
  private double deltas() {
    return people.turns() * people.answerSeconds() * costs.deltasPerSecond();
  }

  /** The part of {@link #writtenMegabytes} that is the changelog of the sessions' heads. */
  public double changelogMegabytes() {
    return people.fragments() * costs.headBytes() / 1e6;
  }

  /** Megabytes a second on the brokers' disks. */
  public double storedMegabytes() {
    return writtenMegabytes() * REPLICAS;
  }

  /** Cores of the brokers. */
  public double brokerCores() {
    return storedMegabytes() / costs.brokerMegabytesPerCore() / USE;
  }

  /** Brokers that the disks ask for, or the cores, whichever is more. */
  public double brokers() {
    double byDisk = storedMegabytes() / DISK_MEGABYTES_PER_BROKER;
    double byCore = brokerCores() / CORES_PER_BROKER;
    return Math.ceil(Math.max(3, Math.max(byDisk, byCore)));
  }

  /** Cores of the topology. */
  public double topologyCores() {
    return people.fragments() * costs.topologyMicros() / MICROS / USE;
  }

  /** Topology instances of four cores, at least one a prefix. */
  public double topologyInstances() {
    return Math.max(prefixes(), Math.ceil(topologyCores() / CORES_PER_INSTANCE));
  }

  /**
   * Partitions of {@code fragments} of all prefixes: one has one thread, so at least as many as
   * cores are used; the next power of two.
   */
  public double partitions() {
    double least = Math.max(64, topologyCores());
    return Math.pow(2, Math.ceil(Math.log(least) / Math.log(2)));
  }

  /** Cores of the workers, which wait for models and pass on what they say. */
  public double workerCores() {
    double tokens = callsAtATime() * costs.tokensPerSecond();
    double micros = people.modelCalls() * costs.workerMicros() + tokens * costs.workerTokenMicros();
    return micros / MICROS / USE;
  }

  /** Model calls that run at a time, which is what the fleet of models must carry. */
  public double callsAtATime() {
    return people.turns()
        * (people.inferencesPerTurn() * people.inferenceSeconds() + people.answerSeconds());
  }

  /** Cores of the gateways: each fragment in, each delta out. */
  public double gatewayCores() {
    return (people.fragments() + deltas()) * costs.gatewayMicros() / MICROS / USE;
  }

  /** Cores of all roles and the brokers; the models' own are not in it. */
  public double cores() {
    return topologyCores() + workerCores() + gatewayCores() + brokerCores();
  }

  /**
   * Prefixes of topics, each a deployment: a task topic has one partition, and inference tasks are
   * the more numerous ones.
   */
  public double prefixes() {
    double most = Math.max(people.inferenceTasks(), people.turns());
    return Math.max(1, Math.ceil(most / costs.partitionTasks()));
  }

  /** Gigabytes of open sessions in the topology, ten for each that is typed in. */
  public double sessionGigabytes() {
    return 10 * people.typists() * costs.sessionBytes() / 1e9;
  }
}
