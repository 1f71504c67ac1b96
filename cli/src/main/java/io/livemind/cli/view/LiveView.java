package io.livemind.cli.view;

import io.livemind.replay.play.Play;
import io.livemind.replay.play.SessionResult;
import io.livemind.replay.play.TurnResult;
import io.livemind.schemas.AnswerFold.Change;
import io.livemind.schemas.avro.Inferred;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A replay on a terminal, drawn ten times a second: the sessions that go on, as many as fit.
 *
 * <p>Threading: the player's thread tells what happens, a thread of its own draws; both hold the
 * lock of this view, for less than a millisecond.
 */
final class LiveView implements PlayView {
  private static final Duration BETWEEN_FRAMES = Duration.ofMillis(100);
  private static final Duration LONGEST_FRAME = Duration.ofSeconds(2);

  private final Map<String, Card> cards = new LinkedHashMap<>();
  private final Terminal terminal;
  private final CardLines lines;
  private final Tally tally;
  private final Screen screen;
  private final ScheduledExecutorService drawing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-view").factory());

  LiveView(PrintStream out, Terminal terminal, Tally tally) {
    this.terminal = terminal;
    this.tally = tally;
    lines = new CardLines(terminal.columns(), terminal.colours());
    screen = new Screen(out);
    var unused =
        drawing.scheduleAtFixedRate(
            this::draw, 0, BETWEEN_FRAMES.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void phase(String doing) {
    tally.phase(doing);
  }

  @Override
  public synchronized void started(Play play) {
    tally.started(System.nanoTime());
    card(play).started(play.arm());
  }

  @Override
  public synchronized void typed(Play play, int turn, String prompt) {
    card(play).typed(play.arm(), prompt);
  }

  @Override
  public synchronized void submitted(Play play, int turn) {
    card(play).submitted(play.arm());
  }

  @Override
  public synchronized void inferred(Play play, int turn, Inferred inferred) {
    card(play).inferred(inferred.getText());
  }

  @Override
  public synchronized void answerChanged(Play play, int turn, Change change) {
    card(play).answerChanged(play.arm(), change);
  }

  @Override
  public synchronized void turnEnded(Play play, TurnResult result) {
    card(play).turnEnded(play.arm(), result);
  }

  @Override
  public synchronized void sessionEnded(Play play, SessionResult result) {
    tally.ended();
    card(play).sessionEnded(play.arm());
  }

  /** Takes the lines away; what was printed before them stays. */
  @Override
  public void close() {
    drawing.shutdownNow();
    try {
      boolean ignored = drawing.awaitTermination(LONGEST_FRAME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      screen.close();
    }
  }

  private synchronized void draw() {
    var frame = new ArrayList<String>();
    String heading = Cells.head(tally.line(System.nanoTime()), terminal.columns() - 1);
    frame.add(Style.TITLE.of(heading, terminal.colours()));
    int rows = terminal.rows() - 2;
    for (Card card : wanted()) {
      List<String> drawn = lines.of(card);
      if (frame.size() + drawn.size() > rows) break;
      frame.addAll(drawn);
    }
    screen.draw(frame);
  }

  /** Those that go on, in their order; then those that are over, the latest first. */
  private List<Card> wanted() {
    List<Card> all = List.copyOf(cards.values());
    return Stream.concat(
            all.stream().filter(card -> !card.ended()), all.reversed().stream().filter(Card::ended))
        .toList();
  }

  private Card card(Play play) {
    return cards.computeIfAbsent(play.recording().id(), _ -> new Card(play.recording()));
  }
}
