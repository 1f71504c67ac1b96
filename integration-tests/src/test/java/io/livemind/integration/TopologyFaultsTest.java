package io.livemind.integration;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A topology instance may die, freeze, come and go at any moment of a turn. See {@link
 * TopologyFaults}.
 */
@SuppressWarnings("NullAway.Init")
@Tag("long")
class TopologyFaultsTest {
  private static TopologyFaults faults;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    faults = new TopologyFaults(false);
  }

  @AfterAll
  static void stop() {
    faults.close();
  }

  @Test
  void anInstanceThatIsKilledInTheMiddleOfTurnsIsReplacedWithItsStateFolder() throws Exception {
    faults.killedWithItsFolder(folder);
  }

  @Test
  void anInstanceThatIsKilledIsReplacedWithoutItsStateFolder() throws Exception {
    faults.killedWithoutItsFolder(folder);
  }

  @Test
  void whenInstancesComeAndGoUnderLoadTheOthersGoOn() throws Exception {
    faults.comeAndGo(folder);
  }

  @Tag("long")
  @Test
  void anInstanceThatStoodStillHaltsInsteadOfWritingWhatIsNoLongerIts() throws Exception {
    faults.frozen(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessions-changelog send 20",
        "sessions-changelog ack 33",
        "answers send 6",
        "inference-tasks send 2",
        "answer-tasks ack 1",
      })
  void aCutBetweenChangelogOutputAndCommitLosesAndDoublesNothing(String cut) throws Exception {
    faults.cutAt(cut, folder);
  }
}
