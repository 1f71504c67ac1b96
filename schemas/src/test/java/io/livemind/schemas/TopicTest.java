package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 3", "5, 3"})
  void aConfirmedRecordOutlivesABrokerAndWritingDoesToo(int copies, int leastInSync) {
    assertThat(Topic.leastInSync(copies)).isEqualTo(leastInSync);
  }
}
