package io.livemind.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicDifferencesTest {
  private static final Topic<?, ?> ANSWERS = new Topics("test.").answers();

  @Test
  void aTopicThatIsAsTheCatalogueAsksIsLeftAlone() {
    assertThat(differences(3, 2)).isEqualTo(new TopicDifferences(Map.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "2, 2", "2, 1"})
  void whoeverWantsMoreCopiesInSyncThanTheProgramKeepsThem(int copies, int inSync) {
    assertThat(differences(copies, inSync).altered()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3, 1, 2", "1, 2, 1", "3, 4, 2"})
  void fewerThanTheProgramNeedsOrMoreThanThereAreGetWhatItAsksFor(
      int copies, int inSync, String altered) {
    assertThat(differences(copies, inSync).altered())
        .isEqualTo(Map.of(Topic.LEAST_IN_SYNC, altered));
  }

  private static TopicDifferences differences(int copies, int inSync) {
    Map<String, String> settings = new HashMap<>(TopicDifferences.wanted(ANSWERS, copies));
    settings.put(Topic.LEAST_IN_SYNC, Integer.toString(inSync));
    var found =
        new Config(
            settings.entrySet().stream()
                .map(set -> new ConfigEntry(set.getKey(), set.getValue()))
                .toList());
    return TopicDifferences.of(ANSWERS, found, copies, copies, "key");
  }
}
