package io.livemind.gateway;

import io.livemind.gateway.answers.EventWriter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.EndPoint;

/**
 * Writes messages as server-sent events: the id, if there is one, and one JSON object as data.
 *
 * <p>Threading: one thread writes; {@link #abort} from any.
 */
final class SseWriter implements EventWriter {
  /** An open stream holds a buffer of this size; what is larger is written as it is. */
  private static final int BUFFER_BYTES = 512;

  private final HttpServletResponse response;
  private final ServletOutputStream out;
  private final EndPoint endPoint;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean ended;

  /** Writes nothing yet: the request may still fail. */
  SseWriter(HttpServletRequest request, HttpServletResponse response) throws IOException {
    this.response = response;
    out = response.getOutputStream();
    endPoint = Cut.endPointOf(request);
  }

  /** Begins the response. */
  void begin() throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setBufferSize(BUFFER_BYTES);
    response.setContentType("text/event-stream;charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    print("retry: 1000\n\n");
    out.flush();
  }

  @Override
  public void write(Optional<String> id, String json) throws IOException {
    print(id.map(known -> "id: " + known + "\n").orElse("") + "data: " + json + "\n\n");
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void keepAlive() throws IOException {
    print(": alive\n\n");
    out.flush();
  }

  /**
   * The response is complete, and on its way to the client when this returns; a server that stops
   * would cut off what is left to it.
   */
  void end() throws IOException {
    // Outside the lock: whoever does not take the end is cut off as well.
    out.close();
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
  }

  /** Does nothing once the response is complete: the connection may serve another request. */
  @Override
  public void abort() {
    lock.lock();
    try {
      if (ended) return;
      Cut.dropTheRest(endPoint);
      endPoint.close();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes as they are: the servlet's own print allows no text outside Latin-1. */
  void print(String frame) throws IOException {
    out.write(frame.getBytes(StandardCharsets.UTF_8));
  }
}
