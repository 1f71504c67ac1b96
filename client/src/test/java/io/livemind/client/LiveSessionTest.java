package io.livemind.client;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever asks a session for something is told how it ended, whatever the gateway does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveSessionTest {

  @Test
  void whatIsSubmittedWhileTheSessionEndsEndsWithIt() throws Exception {
    var busy = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    SessionListener listener =
        event -> {
          if (!(event instanceof SessionEvent.Unknown)) return;
          busy.countDown();
          awaitUninterrupted(free);
        };
    try (var gateway =
            ScriptedGateway.start(
                talk -> {
                  talk.answerKindly(talk.hear());
                  talk.say("{'type':'news'}");
                  while (true) talk.answerKindly(talk.hear());
                });
        var liveMind = LiveMind.at(gateway.uri())) {
      LiveSession session = liveMind.open(SessionRequest.DEFAULT, listener);
      busy.await();
      session.close();
      CompletableFuture<TurnEnd> end = session.submit("Why?");
      free.countDown();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(end::get)
          .withMessageContaining("closed");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
