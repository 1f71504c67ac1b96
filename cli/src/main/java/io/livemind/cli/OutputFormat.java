package io.livemind.cli;

/** What a result looks like. */
enum OutputFormat {
  /** A table for people. */
  TEXT,
  /** One JSON object, and nothing else, on standard output. */
  JSON
}
