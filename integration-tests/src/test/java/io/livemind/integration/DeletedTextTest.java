package io.livemind.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleted text leaves where the topology keeps it, whether much is written or nothing. */
@SuppressWarnings("NullAway.Init")
class DeletedTextTest {
  @TempDir Path state;

  @Test
  void theChangelogAndTheFilesAreRewrittenWithinTenMinutes() throws Exception {
    try (var pipeline = TestPipeline.start(state);
        Admin admin = Admin.create(pipeline.kafka())) {
      Config changelog = changelog(admin);

      assertThat(changelog.get("cleanup.policy").value()).isEqualTo("compact");
      assertThat(changelog.get("segment.ms").value()).isEqualTo("600000");
      assertThat(changelog.get("max.compaction.lag.ms").value()).isEqualTo("600000");
      assertThat(changelog.get("delete.retention.ms").value()).isEqualTo("600000");
      assertThat(rocksDbOptions()).isNotEmpty().allMatch(DeletedTextTest::rewritesInTime);
    }
  }

  private static Config changelog(Admin admin) throws ExecutionException, InterruptedException {
    var topic =
        new ConfigResource(
            ConfigResource.Type.TOPIC, TestPipeline.APPLICATION + "-sessions-changelog");
    return admin.describeConfigs(List.of(topic)).all().get().values().iterator().next();
  }

  /** What RocksDB itself says that it runs with. */
  private List<String> rocksDbOptions() throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
          .map(DeletedTextTest::text)
          .toList();
    }
  }

  private static boolean rewritesInTime(String options) {
    return options.contains("periodic_compaction_seconds=600\n");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
