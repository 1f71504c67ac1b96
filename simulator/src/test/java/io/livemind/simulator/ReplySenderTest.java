package io.livemind.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplySenderTest {
  private final ServedLog log = new ServedLog(10, 1_000);
  private final AtomicReference<String> delivery = new AtomicReference<>("running");

  @Test
  void aReplyIsNotedAsServedBeforeItsLastBytesAreWritten() throws IOException {
    var seen = new AtomicReference<String>("never");
    try (var socket =
        new WatchedSocket(
            bytes -> {
              if (bytes.contains("[DONE]"))
                seen.set(delivery.get() + ", kept: " + log.all().size());
            })) {
      assertThat(sender(new ClientLink(socket)).send()).isTrue();
    }

    assertThat(seen).hasValue("completed, kept: 1");
  }

  @Test
  void aLastWriteThatFailsTakesTheNoteBack() throws IOException {
    try (var socket =
        new WatchedSocket(
            bytes -> {
              if (bytes.contains("[DONE]")) throw new IOException("the client has left");
            })) {
      ReplySender sender = sender(new ClientLink(socket));
      assertThatThrownBy(sender::send).hasMessage("the client has left");
    }

    assertThat(delivery).hasValue("failed");
    assertThat(log.all())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.cancelled()).isTrue();
              assertThat(call.whole()).isFalse();
            });
  }

  private ReplySender sender(ClientLink link) {
    ChatCall call = Calls.answer(0, 0, Calls.alternating("Hello"));
    var reply =
        new Reply(
            "Hello to you",
            4,
            OptionalInt.empty(),
            Optional.empty(),
            true,
            Optional.empty(),
            new Reply.Delivery() {
              @Override
              public void completed() {
                delivery.set("completed");
              }

              @Override
              public void failed() {
                delivery.set("failed");
              }
            });
    var engine = new Engine(ModelProfile.of("p", LatencyModel.INSTANT), 1, Duration.ofMillis(20));
    return new ReplySender(
        call,
        reply,
        Finish.STOP,
        Optional.empty(),
        FaultPlan.NONE,
        engine.start(call, reply),
        new CallTrace(call, log),
        link,
        System.nanoTime());
  }

  private interface Watcher {
    void written(String bytes) throws IOException;
  }

  /** Shows each write to a watcher at the moment at which it happens. */
  private static final class WatchedSocket extends Socket {
    private final Watcher watcher;

    WatchedSocket(Watcher watcher) {
      this.watcher = watcher;
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int unit) throws IOException {
          write(new byte[] {(byte) unit}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          watcher.written(new String(bytes, from, length, StandardCharsets.UTF_8));
        }
      };
    }
  }
}
