package io.livemind.cli;

/** What a result looks like. */
enum OutputFormat {
  /** A table for people. */
  TEXT,
  /** One JSON object, and nothing else, on standard output. */
  JSON,
  /** Tables for a document. */
  MARKDOWN,
  /** A line for each session, for a spreadsheet. */
  CSV,
  /** One file with charts and timelines, for a browser. */
  HTML
}
