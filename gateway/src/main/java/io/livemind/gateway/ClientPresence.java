package io.livemind.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Whether the client of a request is still there, found out without a byte of the response, so that
 * the response keeps its status until all of it is known. The server itself reads nothing while it
 * owes a response, and so sees nobody leave. Here one byte is read, without waiting: a client that
 * has gone has closed its connection, and nothing else is sent before the response but a request
 * that follows early. Whoever closes only the sending half counts as gone.
 *
 * <p>Threading: the request's own thread, behind the end of the request's body.
 */
final class ClientPresence {
  private final Connection connection;
  private boolean hasSentMore;

  ClientPresence(HttpServletRequest request) {
    connection =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection();
  }

  /**
   * Throws an {@link EofException} if the client is gone. One that has begun another request is not
   * watched any longer: its first byte is given back to the server, which reads on from there.
   */
  void check() throws IOException {
    if (hasSentMore || !(connection instanceof Connection.UpgradeTo reader)) return;
    ByteBuffer next = BufferUtil.allocate(1);
    int read = connection.getEndPoint().fill(next);
    if (read < 0) throw new EofException("the client is gone");
    if (read == 0) return;
    hasSentMore = true;
    reader.onUpgradeTo(next);
    // The server holds a whole buffer of early requests already: the byte has no place.
    if (next.hasRemaining()) throw new EofException("too much behind the request");
  }
}
