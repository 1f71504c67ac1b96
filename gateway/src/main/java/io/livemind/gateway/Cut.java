package io.livemind.gateway;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * The end of a connection whose client does not take what it is sent.
 *
 * <p>A socket that is closed goes on with what it still holds, megabytes of it, as long as the
 * other side takes a byte now and then. One that is cut off drops it.
 */
final class Cut {
  private Cut() {}

  /** Where the bytes of a request come from and go to, also once it has become a WebSocket. */
  static EndPoint endPointOf(HttpServletRequest request) {
    return ServletContextRequest.getServletContextRequest(request)
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint();
  }

  /** Has the next close drop what is still to be sent, and tell the other side so (RST). */
  static void dropTheRest(EndPoint endPoint) {
    if (!(endPoint.getTransport() instanceof SocketChannel channel)) return;
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException closed) {
      // Nothing is left to be cut off.
    }
  }
}
