package io.livemind.replay.play;

/** A clock that a test moves. */
final class HandClock implements PlayClock {
  private long nanos = 1_000_000_000_000L;

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long currentTimeMillis() {
    return nanos / 1_000_000;
  }

  void moveTo(long nanos) {
    this.nanos = nanos;
  }
}
