package io.livemind.gateway.spending;

import io.livemind.schemas.avro.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole topic {@code usage} from its beginning, then what comes. Threading: one thread polls.
 */
public interface SpendingSource extends AutoCloseable {
  /** Nobody spends; a poll waits as long as it may, as one of a quiet topic does. */
  SpendingSource NONE =
      new SpendingSource() {
        @Override
        public List<Usage> poll(Duration longest) {
          LockSupport.parkNanos(longest.toNanos());
          return List.of();
        }

        @Override
        public void close() {}
      };

  /** The next records; waits for the first, at most this long. */
  List<Usage> poll(Duration longest);

  @Override
  void close();
}
