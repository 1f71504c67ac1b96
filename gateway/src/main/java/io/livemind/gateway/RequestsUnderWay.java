package io.livemind.gateway;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Counts the requests that have no whole answer yet. Load balancers keep connections and send the
 * next request on them; after {@link #lastOnes} each is told that its connection ends with the
 * answer.
 *
 * <p>Threading: any thread.
 */
final class RequestsUnderWay extends Handler.Wrapper {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int underWay;
  private volatile boolean last;

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (last) response.getHeaders().put(HttpHeader.CONNECTION, "close");
    change(1);
    Request.addCompletionListener(request, _ -> change(-1));
    return super.handle(request, response, callback);
  }

  private void change(int by) {
    lock.lock();
    try {
      underWay += by;
      if (underWay == 0) none.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on no connection is kept for another request. */
  void lastOnes() {
    last = true;
  }

  /** Waits until none is under way; returns false if some still are after this time. */
  boolean awaitNone(Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = longest.toNanos();
      while (underWay > 0 && nanos > 0) nanos = none.awaitNanos(nanos);
      return underWay == 0;
    } finally {
      lock.unlock();
    }
  }
}
