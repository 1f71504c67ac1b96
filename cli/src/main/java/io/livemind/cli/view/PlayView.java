package io.livemind.cli.view;

import io.livemind.replay.play.Observer;

/** Sees a replay and shows it, until it is closed. */
public interface PlayView extends Observer, AutoCloseable {

  /** What is going on before the first key is typed, in a few words. */
  void phase(String doing);

  @Override
  void close();

  /** Shows nothing. */
  static PlayView none() {
    return new PlayView() {
      @Override
      public void phase(String doing) {}

      @Override
      public void close() {}
    };
  }
}
