package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * FAULTS 38: what is wrong when a role starts is told within five seconds, with the key, the place
 * where it stands and the remedy; the exit code tells scripts whether it is configuration (2) or
 * the cluster (3). A role waits for brokers as long as {@code start-wait} says, so that its default
 * bounds what is told of brokers that nobody reaches.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS) // A role that starts would run for ever.
class StartFailuresTest {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String SMALL_TOPICS =
      "topics:\n    partitions: {sessions: 2, addressed: 2}\n    replication-factor: 1\n";

  /** A deployment of its own on the same brokers, whose fragments may be read. */
  private static final String OTHER_TOPICS = "--set=topics.prefix=other.";

  private static EmbeddedBroker broker;
  private static Path folder;

  @BeforeAll
  static void aClusterThatForbidsSomethingToEachDeployment(@TempDir Path temporary)
      throws Exception {
    folder = temporary;
    broker =
        EmbeddedBroker.start(
            Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true"));
    assertThat(end("topics", "").code()).isZero();
    assertThat(end("topics", "", OTHER_TOPICS).code()).isZero();
    String fragments = new Topics(Topics.DEFAULT_PREFIX).fragments().name();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic("no-write-sessions-changelog", 2, (short) 1)))
          .all()
          .get();
      // At once: the first rule of the cluster forbids to make others.
      List<AclBinding> rules =
          List.of(
              deny(ResourceType.TOPIC, fragments, AclOperation.READ),
              deny(ResourceType.TOPIC, fragments, AclOperation.WRITE),
              allow(ResourceType.TOPIC, fragments, AclOperation.CREATE),
              allow(ResourceType.TOPIC, fragments, AclOperation.DESCRIBE),
              allow(ResourceType.TOPIC, fragments, AclOperation.DESCRIBE_CONFIGS),
              deny(ResourceType.GROUP, "no-group", AclOperation.READ),
              allow(ResourceType.GROUP, "no-group", AclOperation.DESCRIBE),
              deny(ResourceType.GROUP, "no-share-answer-tasks", AclOperation.READ),
              allow(ResourceType.GROUP, "no-share-answer-tasks", AclOperation.DESCRIBE),
              deny(ResourceType.TOPIC, "no-create-sessions-changelog", AclOperation.CREATE),
              allow(ResourceType.TOPIC, "no-create-sessions-changelog", AclOperation.DESCRIBE),
              deny(ResourceType.TOPIC, "no-write-sessions-changelog", AclOperation.WRITE),
              allow(ResourceType.TOPIC, "no-write-sessions-changelog", AclOperation.READ),
              allow(ResourceType.TOPIC, "no-write-sessions-changelog", AclOperation.CREATE),
              deny(ResourceType.TRANSACTIONAL_ID, "no-transactions-start-check", AclOperation.ALL),
              // Who may create on the cluster may create every topic.
              deny(ResourceType.CLUSTER, "kafka-cluster", AclOperation.CREATE),
              allow(ResourceType.CLUSTER, "kafka-cluster", AclOperation.ALL));
      admin.createAcls(rules).all().get();
    }
  }

  private static AclBinding deny(ResourceType type, String name, AclOperation operation) {
    return rule(type, name, operation, AclPermissionType.DENY);
  }

  private static AclBinding allow(ResourceType type, String name, AclOperation operation) {
    return rule(type, name, operation, AclPermissionType.ALLOW);
  }

  private static AclBinding rule(
      ResourceType type, String name, AclOperation operation, AclPermissionType permission) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:*", "*", operation, permission));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void anUnknownKeyIsToldWithItsLineAndTheKeyThatWasMeant() throws Exception {
    assertThat(end("topology", "  topology:\n    stat-directory: /tmp\n"))
        .satisfies(told(2, "topology.stat-directory", "livemind.yaml", "topology.state-directory"));
  }

  @Test
  void aBadValueIsToldWithItsPlaceAndTheRule() throws Exception {
    assertThat(end("gateway", "  gateway:\n    port: many\n"))
        .satisfies(told(2, "gateway.port", "livemind.yaml", "must be a whole number"));
  }

  @Test
  void aMissingKeyIsToldWithTheWaysToGiveIt() throws Exception {
    assertThat(end("worker", ""))
        .satisfies(told(2, "worker.models.NAME.replicas[0].base-url", "missing"));
  }

  @Test
  void anotherPartitionCountIsTold() throws Exception {
    assertThat(end("gateway", "", "--set=topics.partitions.sessions=7"))
        .satisfies(
            told(
                2,
                "livemind.fragments has 2 partitions, but 7 are wanted",
                "by livemind.topics.partitions.sessions (--set topics.partitions.sessions)",
                "configure 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "gateway"})
  void deniedAccessIsToldWithTheTopicAndTheGrant(String role) throws Exception {
    assertThat(end(role, ""))
        .satisfies(told(3, "access denied", "livemind.fragments", "grant it with kafka-acls"));
  }

  @ParameterizedTest
  @CsvSource({
    "topology, no-group, READ, --group no-group",
    "worker, no-share, READ, --group no-share-answer-tasks",
    "topology, no-create, CREATE, --topic no-create-sessions-changelog",
    "topology, no-write, WRITE, --topic no-write-sessions-changelog",
    "topology, no-transactions, WRITE, --transactional-id no-transactions-"
        + " --resource-pattern-type prefixed"
  })
  void deniedAccessToWhatIsNamedAfterTheApplicationIsToldWithKeyPlaceAndGrant(
      String role, String application, String operation, String resource) throws Exception {
    assertThat(
            end(
                role,
                "",
                OTHER_TOPICS,
                "--set=application-id=" + application,
                "--set=topology.exactly-once=true",
                "--set=topology.state-directory=" + folder.resolve(application),
                "--set=worker.models.large.replicas[0].base-url=http://127.0.0.1:9/v1",
                "--set=worker.models.large.replicas[0].model-name=none"))
        .satisfies(
            told(
                3,
                "access denied: this principal may not " + operation,
                "livemind.application-id (--set application-id)",
                "grant it with kafka-acls",
                "--operation " + operation + " " + resource));
  }

  @ParameterizedTest
  @ValueSource(strings = {"topology", "gateway", "topics"})
  void anUnreachableBrokerIsToldWithKeyAndPlace(String role) throws Exception {
    assertThat(end(role, "", "--set=kafka.bootstrap.servers=127.0.0.1:9", "--set=start-wait=1s"))
        .satisfies(
            told(
                3,
                "livemind.kafka.bootstrap.servers",
                "--set kafka.bootstrap.servers",
                "check host and port"));
  }

  @Test
  void textThatIsKeptLongerThanTheProgramAsksForIsTold() throws Exception {
    String answers = new Topics(Topics.DEFAULT_PREFIX).answers().name();
    var longer =
        new AlterConfigOp(new ConfigEntry("retention.ms", "86400000"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var topic = new ConfigResource(ConfigResource.Type.TOPIC, answers);
      admin.incrementalAlterConfigs(Map.of(topic, List.of(longer))).all().get();
    }

    assertThat(end("topics", ""))
        .satisfies(told(0, "livemind.answers keeps", "retention.ms=86400000", "longer than"));
  }

  @Test
  void tooFewCopiesOfATopicAreToldWithKeyPlaceAndRemedy() throws Exception {
    assertThat(end("topics", "", "--set=topics.replication-factor=3"))
        .satisfies(
            told(
                0,
                "livemind.fragments has 1 copy, but 3 are wanted",
                "by livemind.topics.replication-factor (--set topics.replication-factor)",
                "kafka-reassign-partitions.sh"));
  }

  private record Ended(int code, String said, Duration took) {}

  private static Ended end(String role, String file, String... more) throws Exception {
    String kafka = "  kafka:\n    bootstrap.servers: " + broker.bootstrapServers() + "\n";
    Path configuration =
        Files.writeString(
            folder.resolve("livemind.yaml"), "livemind:\n  " + SMALL_TOPICS + kafka + file);

    var console = new Console();
    String[] arguments =
        Stream.of(List.of(role, "--config=" + configuration), List.of(more))
            .flatMap(List::stream)
            .toArray(String[]::new);
    long begun = System.nanoTime();
    int code = Livemind.run(console.context(), arguments);
    return new Ended(code, console.err(), Duration.ofNanos(System.nanoTime() - begun));
  }

  private static ThrowingConsumer<Ended> told(int code, String... parts) {
    return ended -> {
      assertThat(ended.said()).contains(parts);
      assertThat(ended.code()).isEqualTo(code);
      assertThat(ended.took()).isLessThan(LONGEST);
    };
  }
}
