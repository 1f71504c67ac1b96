package io.livemind.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.schemas.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EmbeddedBrokerTest {

  @Test
  void aShareGroupTakesWhatWasProduced() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      var clients = new Clients(broker);
      var topics = new Topics("share.");
      try (var admin = clients.admin()) {
        new TopicSetup(admin, TopicLayout.EMBEDDED).ensure(topics);
      }
      String topic = topics.answerTasks().name();
      clients.send(topic, "before the first member joined");

      List<String> taken = new ArrayList<>();
      try (var member = clients.shareMember("share.workers", List.of(topic))) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> {
                  for (ConsumerRecord<String, String> record : member.poll(Duration.ofMillis(200)))
                    taken.add(record.value());
                  return !taken.isEmpty();
                });
      }

      assertThat(taken).containsExactly("before the first member joined");
    }
  }

  @Test
  void twoRunSideBySide() {
    try (EmbeddedBroker first = EmbeddedBroker.start();
        EmbeddedBroker second = EmbeddedBroker.start()) {
      assertThat(first.bootstrapServers()).isNotEqualTo(second.bootstrapServers());
      assertThat(connects(first)).isTrue();
      assertThat(connects(second)).isTrue();
    }
  }

  @Test
  void nothingIsLeftAfterItIsClosed() {
    EmbeddedBroker broker = EmbeddedBroker.start();
    Path directory = broker.directory();
    assertThat(directory).isDirectory();

    broker.close();
    broker.close();

    assertThat(directory).doesNotExist();
    assertThat(connects(broker)).isFalse();
  }

  @Test
  void nothingIsLeftWhenTheProcessIsTerminated() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var output = process.inputReader(StandardCharsets.UTF_8)) {
      Path directory = Path.of(output.readLine());
      assertThat(Files.isDirectory(directory)).isTrue();

      process.destroy();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(directory).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean connects(EmbeddedBroker broker) {
    String[] address = broker.bootstrapServers().split(":", 2);
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address[0], Integer.parseInt(address[1])), 20_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
