package io.livemind.topology;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.errors.internals.FailedProcessingException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what failed of a Streams thread from what failed of the record or session that it worked
 * on. The thread's are its store, its hold on the partition, and its producer: a send that failed
 * for good is thrown at whatever the thread does next, which is another record as a rule.
 */
final class ThreadFailures {
  private ThreadFailures() {}

  /** Whether it is the thread's: nothing may be skipped for it, and a new thread begins. */
  static boolean is(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      switch (at) {
        case ProcessorStateException _,
            TaskMigratedException _,
            TaskCorruptedException _,
            FailedProcessingException _ -> {
          return true;
        }
        case SerializationException _ -> {
          return false;
        }
        // What holds a failed send, and also what a serializer of ours has thrown.
        case StreamsException _ -> {}
        case KafkaException _ -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }
}
