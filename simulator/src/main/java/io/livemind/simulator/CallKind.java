package io.livemind.simulator;

import java.util.Locale;
import java.util.Optional;

/** What a call is for. */
public enum CallKind {
  /** Thinks about an incomplete prompt. */
  INFERENCE,
  /** Answers a complete one. */
  ANSWER;

  /** As it stands in {@link io.livemind.schemas.RequestHeaders#KIND}. */
  static Optional<CallKind> of(String header) {
    for (CallKind kind : values())
      if (kind.name().toLowerCase(Locale.ROOT).equals(header)) return Optional.of(kind);
    return Optional.empty();
  }
}
