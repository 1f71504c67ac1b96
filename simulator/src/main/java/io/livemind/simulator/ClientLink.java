package io.livemind.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/**
 * The way to one client: writes, waits, and knows when the client has left.
 *
 * <p>Threading: {@link #write} and {@link #pauseUntil} belong to the thread that made the link,
 * which responds; {@link #leave}, {@link #gone} and {@link #close} may be called by any. A write
 * blocks while the client does not read; {@link #writeStuckSince} lets a watcher end that by
 * closing.
 */
final class ClientLink {
  /** What {@link #writeStuckSince} says when no write runs. */
  static final long NOT_WRITING = 0;

  private final Socket socket;
  private final OutputStream out;
  private final Thread responder = Thread.currentThread();
  private volatile boolean gone;
  private volatile long writingSinceNanos = NOT_WRITING;

  ClientLink(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  /** Sends bytes in one write. */
  void write(byte[] bytes, int from, int to) throws IOException {
    writingSinceNanos = System.nanoTime() | 1;
    try {
      out.write(bytes, from, to - from);
    } catch (IOException left) {
      leave();
      throw left;
    } finally {
      writingSinceNanos = NOT_WRITING;
    }
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  /**
   * Waits until {@link System#nanoTime} has reached a time, or the client leaves.
   *
   * @return whether the client is still there
   */
  boolean pauseUntil(long nanos) {
    while (!gone) {
      long left = nanos - System.nanoTime();
      if (left <= 0) return true;
      LockSupport.parkNanos(this, left);
    }
    return false;
  }

  /** Whether the client has closed its side, or a write failed. */
  boolean gone() {
    return gone;
  }

  /** Says that the client has left, and wakes the responder. */
  void leave() {
    gone = true;
    LockSupport.unpark(responder);
  }

  /** {@link System#nanoTime} at which the running write began, or {@link #NOT_WRITING}. */
  long writeStuckSince() {
    return writingSinceNanos;
  }

  /** Ends the connection by a TCP reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // Closed already: there is nothing left to reset.
    }
    close();
  }

  /** Ends the connection; repeated calls do nothing. */
  void close() {
    try {
      socket.close();
    } catch (IOException closed) {
      // The connection is gone either way.
    }
  }
}
