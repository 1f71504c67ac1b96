package io.livemind.simulator;

/**
 * The events of one streamed reply in the form of one API, appended to a buffer. What is the same
 * in each is rendered once.
 *
 * <p>Threading: the thread that responds.
 */
interface StreamEvents {

  /** What comes before the first piece of text; may be nothing. */
  void open(JsonBytes buffer);

  /** A piece of text, from and to positions in UTF-16 units. */
  void content(JsonBytes buffer, String text, int from, int to);

  /** Why the reply ends, and its tokens if they are to be told. */
  void finish(JsonBytes buffer, Finish why);

  /** The mark at the very end; nothing in an API without one. */
  void done(JsonBytes buffer);

  /** An error within the stream. */
  void error(JsonBytes buffer, ApiError error);

  /** An event of text that breaks off within its JSON. */
  void malformed(JsonBytes buffer);
}
