package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.topology.state.Head;
import io.livemind.topology.state.KnownOptions;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.TypedPrompt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an instance does with the sessions that it finds. */
class TakeoverTest {
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

  private final ReadStore entries = new ReadStore();
  private final SessionStore store =
      new SessionStore(entries.alone(), new KnownOptions(KnownOptions.UNITS));
  private final Takeover takeover = new Takeover(store, COMMIT_INTERVAL);

  @Test
  void thoseThatChangedWithinThreeCommitIntervalsOfTheLatestChangedLately() {
    put("anna", 10_000 - 301);
    put("ben", 10_000 - 300);
    put("clara", 10_000);

    assertThat(takeover.sessions((_, _) -> {})).containsExactly("ben", "clara");
  }

  @Test
  void aSessionIsShownBeforeTheNextButOneIsRead() {
    put("anna", 1);
    put("ben", 1);
    put("clara", 1);

    takeover.sessions(
        (session, _) -> {
          if (session.equals("anna"))
            assertThat(entries.keysRead("head")).doesNotContain("clara|head");
        });

    assertThat(entries.keysRead("head")).contains("clara|head");
  }

  private void put(String session, long changedAtMillis) {
    TypedPrompt prompt = TypedPrompt.opened(1, 0, changedAtMillis);
    store.putHead(session, Head.opened(0, "", Head.UNKNOWN_OPTIONS, prompt, changedAtMillis));
  }
}
