package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livemind.simulator.Sequences.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SequencesTest {

  @Test
  void theQueueIsLeftInTheOrderOfArrivalOrOfPrioritiesWithArrivalAmongEquals() throws Exception {
    assertThat(orderOfEntry(false)).containsExactly("first:5", "second:1", "third:5", "fourth:1");
    assertThat(orderOfEntry(true)).containsExactly("second:1", "fourth:1", "first:5", "third:5");
  }

  @Test
  void placesAndSeatsAreLimited() throws Exception {
    var sequences = new Sequences(1, 0, false);
    try (var socket = unconnected()) {
      var link = new ClientLink(socket);
      assertThat(sequences.enter(0, link)).isEqualTo(Entry.STARTED_AT_ONCE);
      assertThat(sequences.enter(0, link)).isEqualTo(Entry.QUEUE_FULL);
      assertThat(sequences.running()).isEqualTo(1);
      sequences.leave();
      assertThat(sequences.running()).isZero();
    }
  }

  private static List<String> orderOfEntry(boolean byPriority) throws Exception {
    var sequences = new Sequences(1, 10, byPriority);
    var entered = new CopyOnWriteArrayList<String>();
    try (var socket = unconnected()) {
      assertThat(sequences.enter(0, new ClientLink(socket))).isEqualTo(Entry.STARTED_AT_ONCE);
      int waiting = 0;
      for (String name : List.of("first:5", "second:1", "third:5", "fourth:1")) {
        int priority = Integer.parseInt(name.substring(name.indexOf(':') + 1));
        Thread.ofVirtual().start(() -> enter(sequences, socket, priority, name, entered));
        int expected = ++waiting;
        await().until(() -> sequences.waiting() == expected);
      }
      sequences.leave();
      await().until(() -> entered.size() == 4);
    }
    return entered;
  }

  private static void enter(
      Sequences sequences, Socket socket, int priority, String name, List<String> entered) {
    try {
      assertThat(sequences.enter(priority, new ClientLink(socket)))
          .isEqualTo(Entry.STARTED_AFTER_WAIT);
      entered.add(name);
      sequences.leave();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  /** A link needs a socket with a stream to write to; nothing is written here. */
  private static Socket unconnected() {
    return new Socket() {
      @Override
      public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
      }
    };
  }
}
