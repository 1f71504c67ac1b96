package io.livemind.topology.session;

import java.util.Optional;

/**
 * What a session does just now.
 *
 * <pre>
 *                 segments closed                    submit (wait)
 *   {@link Composing} ───────────► {@link Thinking} ───────────────► {@link AwaitingInference}
 *    │ ▲ ▲ └──────── outcome ◄────────┘  │ submit (cancel)              │ outcome
 *    │ │ │                               ▼                              ▼
 *    │ │ │ submit                   {@link Answering} ◄────────────────────────┘
 *    │ │ └────────────────────────► │ │ │ ▲ ▲
 *    │ │          outcome: turn ends│ │ │ │ └ due ─ {@link Retrying} ◄─ failed, worth another attempt
 *    │ ├────────────────────────────┘ │ │ │
 *    │ │                              │ │ └ submit of the text that it answers (release)
 *    │ │ outcome, or the text changes │ │ │
 *    │ ├─────────────────────────────────── {@link Drafting}
 *    │ │   looks complete, typing paused  │ ▲
 *    └───────────────────────────────────────┘
 *      │                              │ cancel, or the next prompt submitted
 *      └── outcome, or too late ── {@link Stopping} ◄──┘
 * </pre>
 */
public sealed interface Phase {

  /** The prompt is typed, and no task is in flight. */
  record Composing() implements Phase {}

  /** An inference is in flight while the prompt is typed. */
  record Thinking(Flight flight) implements Phase {
    AwaitingInference submitted() {
      return new AwaitingInference(flight);
    }

    /** Whether the call reads text of the prompt behind the first so many segments. */
    boolean reads(int segments) {
      return flight.purpose() != Flight.Purpose.HISTORY && flight.segments() > segments;
    }
  }

  /** A draft answer is made while nothing is typed; see {@link Draft}. */
  record Drafting(Flight flight) implements Phase {
    Answering released(Submission submission) {
      return new Answering(flight.released(submission));
    }
  }

  /** The prompt is submitted, and the answer waits for the inference in flight, as in the paper. */
  record AwaitingInference(Flight flight) implements Phase {}

  /** An answer is in flight; a released draft is one. */
  record Answering(Flight flight) implements Phase {
    Retrying retryAt(Flight next, long retryAtMillis) {
      return new Retrying(next, retryAtMillis);
    }

    Stopping stop(long giveUpAtMillis) {
      return new Stopping(flight, giveUpAtMillis);
    }
  }

  /** The next attempt at the answer leaves at {@code retryAtMillis}. */
  record Retrying(Flight flight, long retryAtMillis) implements Phase {
    Answering due() {
      return new Answering(flight);
    }
  }

  /** The answer was told to stop; its text so far is waited for until {@code giveUpAtMillis}. */
  record Stopping(Flight flight, long giveUpAtMillis) implements Phase {}

  /** The same phase with a changed flight; a phase without one stays as it is. */
  default Phase with(Flight flight) {
    return switch (this) {
      case Thinking _ -> new Thinking(flight);
      case Drafting _ -> new Drafting(flight);
      case AwaitingInference _ -> new AwaitingInference(flight);
      case Answering _ -> new Answering(flight);
      case Composing _, Retrying _, Stopping _ -> this;
    };
  }

  /** The task in flight, if there is one. */
  default Optional<Flight> inFlight() {
    return switch (this) {
      case Composing _ -> Optional.empty();
      case Thinking thinking -> Optional.of(thinking.flight());
      case Drafting drafting -> Optional.of(drafting.flight());
      case AwaitingInference awaiting -> Optional.of(awaiting.flight());
      case Answering answering -> Optional.of(answering.flight());
      case Retrying _ -> Optional.empty();
      case Stopping stopping -> Optional.of(stopping.flight());
    };
  }
}
