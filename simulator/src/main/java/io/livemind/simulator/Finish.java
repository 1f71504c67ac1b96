package io.livemind.simulator;

/** Why a reply ends; each API has words of its own for it. */
enum Finish {
  /** The model has said all. */
  STOP,
  /** The reply reached the limit of its tokens. */
  LENGTH,
  /** A filter or the model refused. */
  REFUSED,
  /** The server stopped in the middle, for reasons of its own. */
  ABORT
}
