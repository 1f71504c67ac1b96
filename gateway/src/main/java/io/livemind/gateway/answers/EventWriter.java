package io.livemind.gateway.answers;

import java.io.IOException;
import java.util.Optional;

/**
 * Where the messages of one connection go. Each call blocks until the socket has taken it.
 *
 * <p>Threading: one thread writes; {@link #abort} from any.
 */
public interface EventWriter {

  /**
   * Writes one message.
   *
   * @param id to resume behind it, if it is an event of the log
   * @param json one JSON object
   */
  void write(Optional<String> id, String json) throws IOException;

  /** Everything written is to reach the client now. */
  void flush() throws IOException;

  /** Keeps what lies between from closing a silent connection. */
  void keepAlive() throws IOException;

  /** Cuts the connection, whatever is still to be written; does nothing when all is written. */
  void abort();
}
