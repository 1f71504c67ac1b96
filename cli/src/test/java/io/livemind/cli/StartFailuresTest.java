package io.livemind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.cli.embedded.EmbeddedBroker;
import io.livemind.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * FAULTS 38: what is wrong when a role starts is told within five seconds, with the key, the place
 * where it stands and the remedy; the exit code tells scripts whether it is configuration (2) or
 * the cluster (3). A role waits for brokers as long as {@code start-wait} says, so that its default
 * bounds what is told of brokers that nobody reaches.
 */
class StartFailuresTest {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String SMALL_TOPICS =
      "topics:\n    partitions: {sessions: 2, addressed: 2}\n    replication-factor: 1\n";

  private static EmbeddedBroker broker;
  private static Path folder;

  @BeforeAll
  static void aClusterThatForbidsReadingFragments(@TempDir Path temporary) throws Exception {
    folder = temporary;
    broker =
        EmbeddedBroker.start(
            Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true"));
    assertThat(end("topics", "").code()).isZero();
    String fragments = new Topics(Topics.DEFAULT_PREFIX).fragments().name();
    var forbidden =
        Stream.of(AclOperation.READ, AclOperation.WRITE)
            .map(
                operation ->
                    new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, fragments, PatternType.LITERAL),
                        new AccessControlEntry("User:*", "*", operation, AclPermissionType.DENY)))
            .toList();
    var visible =
        Stream.of(AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)
            .map(
                operation ->
                    new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, fragments, PatternType.LITERAL),
                        new AccessControlEntry("User:*", "*", operation, AclPermissionType.ALLOW)))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createAcls(Stream.concat(forbidden.stream(), visible.stream()).toList()).all().get();
    }
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
