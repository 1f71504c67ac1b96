package io.livemind.client;

import io.livemind.client.Alarms.Alarm;
import io.livemind.client.TurnEnd.Failed;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Decides when what is typed is sent: at the end of a word, 300 ms after the last key, 120 ms after
 * an edit elsewhere, and with submit; while there is a connection, and its user may type.
 *
 * <p>Threading: one thread.
 */
final class Typist {
  private static final Duration AFTER_LAST_KEY = Duration.ofMillis(300);
  private static final Duration AFTER_EDIT = Duration.ofMillis(120);

  private final Prompts prompts;
  private final Alarms alarms;
  private boolean connected;
  private Optional<Failed> barred = Optional.empty();

  Typist(Prompts prompts, Alarms alarms) {
    this.prompts = prompts;
    this.alarms = alarms;
  }

  /** Nothing is missed any more; {@code fresh}: and the pipeline holds nothing of the session. */
  void connected(boolean fresh) {
    connected = true;
    prompts.cancelAgain();
    if (mayType() && !fresh) prompts.sendAgain();
  }

  boolean isConnected() {
    return connected;
  }

  void disconnected() {
    connected = false;
  }

  /**
   * The user may not type for so long: nothing is sent, and whoever asks is told so at once, as are
   * those whose prompt begins with the fragment that was not taken, or after it.
   */
  void bar(Failed why, Duration duration, OptionalLong sequence) {
    barred = Optional.of(why);
    alarms.set(Alarm.BARRED, duration);
    sequence.ifPresent(refused -> prompts.refused(refused, why, false));
  }

  /** What is due by now is sent. */
  void run() {
    if (alarms.take(Alarm.SEND)) send();
    if (alarms.take(Alarm.BARRED)) {
      barred = Optional.empty();
      if (connected) prompts.sendAgain();
    }
  }

  void type(String keys) {
    change(prompts.text() + keys);
  }

  void change(String whole) {
    Optional<Edit> edit = prompts.change(whole);
    if (!mayType()) return;
    if (edit.isEmpty()) {
      alarms.clear(Alarm.SEND);
    } else if (!prompts.appends(edit.get())) {
      if (!alarms.isSet(Alarm.SEND)) alarms.set(Alarm.SEND, AFTER_EDIT);
    } else if (Edit.endsWord(edit.get().text())) {
      send();
    } else {
      alarms.set(Alarm.SEND, AFTER_LAST_KEY);
    }
  }

  void submit(CompletableFuture<TurnEnd> end) {
    alarms.clear(Alarm.SEND);
    if (prompts.text().isBlank()) {
      end.completeExceptionally(new LiveMindException("invalid_request", "the prompt is empty"));
    } else if (barred.isPresent()) {
      var unused = prompts.change("");
      end.complete(barred.get());
    } else {
      prompts.submit(end, connected);
    }
  }

  void cancel() {
    prompts.cancel(connected);
  }

  private void send() {
    alarms.clear(Alarm.SEND);
    if (mayType()) prompts.send();
  }

  private boolean mayType() {
    return connected && barred.isEmpty();
  }
}
