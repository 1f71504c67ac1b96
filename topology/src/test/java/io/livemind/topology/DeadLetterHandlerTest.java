package io.livemind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler.Result;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A record is set aside for its own faults, and for nobody else's. */
class DeadLetterHandlerTest {

  /** As at a tick, where nothing came from a topic, or with a record from this topic. */
  private record From(@Nullable String topic) implements ErrorHandlerContext {
    @Override
    public int partition() {
      return -1;
    }

    @Override
    public long offset() {
      return -1;
    }

    @Override
    public Headers headers() {
      return new RecordHeaders();
    }

    @Override
    public String processorNodeId() {
      return SegmentsToTasks.NAME;
    }

    @Override
    public TaskId taskId() {
      return new TaskId(0, 0);
    }

    @Override
    public long timestamp() {
      return 0;
    }

    @Override
    public byte @Nullable [] sourceRawKey() {
      return null;
    }

    @Override
    public byte @Nullable [] sourceRawValue() {
      return null;
    }
  }

  @Test
  void aSendThatFailedBeforeIsNoFaultOfTheRecordThatIsToldOfIt() {
    assertThat(told(new StreamsException("sending", new RecordTooLargeException())))
        .isEqualTo(Result.FAIL);
    assertThat(told(new StreamsException("sending", new TopicAuthorizationException("answers"))))
        .isEqualTo(Result.FAIL);
    assertThat(told(new TimeoutException("no partitions"))).isEqualTo(Result.FAIL);
  }

  @Test
  void whatCannotBeWrittenAsARecordIsAFaultOfItsCause() {
    assertThat(told(new StreamsException("writing", new SerializationException("no record"))))
        .isEqualTo(Result.RESUME);
    assertThat(told(new StreamsException("writing", new NullPointerException())))
        .isEqualTo(Result.RESUME);
    assertThat(told(new IllegalStateException("planted"))).isEqualTo(Result.RESUME);
  }

  private static Result told(Exception exception) {
    var record = new Record<>("session", "value", 0L);
    return new DeadLetterHandler()
        .handleError(new From("livemind.fragments"), record, exception)
        .result();
  }
}
