package io.livemind.replay.play;

import io.livemind.schemas.avro.Fragment;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps what it got, and when. */
final class SentFragments implements FragmentSink {
  record Sent(String session, Fragment fragment, Runnable onFailure, long nanos) {}

  private final PlayClock clock;
  private final List<Sent> sent = new ArrayList<>();

  SentFragments(PlayClock clock) {
    this.clock = clock;
  }

  @Override
  public void send(String session, Fragment fragment, Runnable onFailure) {
    sent.add(new Sent(session, fragment, onFailure, clock.nanoTime()));
  }

  List<Sent> all() {
    return sent;
  }

  List<Object> contents() {
    return sent.stream().map(one -> one.fragment().getContent()).toList();
  }

  @Override
  public void close() {}
}
