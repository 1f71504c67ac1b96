package io.livemind.topology;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import io.livemind.schemas.avro.DeadLetter;
import io.livemind.schemas.avro.DeadLetterHeader;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a record that cannot be read or processed out of the way of its neighbours: the original
 * bytes and headers go to {@code dead-letters} with the reason, and the stage goes on with the next
 * record. Not where the store or a send has failed: that is no fault of the record, which must stay
 * in the log for a thread with a store and a producer that work.
 *
 * <p>A step that time caused fails in the same way; its letter names no topic and has no bytes.
 */
public final class DeadLetterHandler
    implements DeserializationExceptionHandler, ProcessingExceptionHandler {
  static final String PREFIX_CONFIG = "livemind.topic.prefix";
  static final String METERS_CONFIG = "livemind.topology.meters";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandler.class);

  private Topic<byte[], DeadLetter> topic = new Topics(Topics.DEFAULT_PREFIX).deadLetters();
  private TopologyMeters meters = new TopologyMeters(new CompositeMeterRegistry());

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(PREFIX_CONFIG) instanceof String prefix) {
      topic = new Topics(prefix).deadLetters();
    }
    if (configs.get(METERS_CONFIG) instanceof TopologyMeters ofTheInstance) meters = ofTheInstance;
  }

  @Override
  public DeserializationExceptionHandler.Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
    return DeserializationExceptionHandler.Response.resume(
        List.of(
            deadLetter(
                context, record.key(), record.value(), FailureCode.UNREADABLE, reason(exception))));
  }

  @Override
  public ProcessingExceptionHandler.Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
    if (ThreadFailures.is(exception)) return ProcessingExceptionHandler.Response.fail();
    FailureCode code =
        exception instanceof FragmentException refused ? refused.code() : FailureCode.UNPROCESSABLE;
    return ProcessingExceptionHandler.Response.resume(
        List.of(
            deadLetter(
                context,
                context.sourceRawKey(),
                context.sourceRawValue(),
                code,
                reason(exception))));
  }

  private ProducerRecord<byte[], byte[]> deadLetter(
      ErrorHandlerContext context,
      byte @Nullable [] key,
      byte @Nullable [] value,
      FailureCode code,
      String reason) {
    LOG.warn(
        "event=dead_letter code={} topic={} partition={} offset={} reason=\"{}\"",
        code.code(),
        context.topic(),
        context.partition(),
        context.offset(),
        reason);
    meters.deadLetter(code);
    var letter =
        new DeadLetter(
            topicOf(context),
            context.partition(),
            context.offset(),
            context.timestamp(),
            code.code(),
            reason,
            wrap(key),
            wrap(value),
            headers(context.headers()));
    byte[] bytes = topic.value().serializer().serialize(topic.name(), letter);
    return new ProducerRecord<>(topic.name(), key, bytes);
  }

  /** Nothing came from a topic where time caused the step, whatever the interface says. */
  private static String topicOf(ErrorHandlerContext context) {
    @Nullable String from = context.topic();
    return from == null ? "" : from;
  }

  /** The class tells what happened; a message of somebody else's might hold content. */
  private static String reason(Exception exception) {
    int others = exception.getSuppressed().length;
    return others == 0 ? what(exception) : what(exception) + ", and " + others + " more";
  }

  private static String what(Exception exception) {
    return switch (exception) {
      case FragmentException refused -> String.valueOf(refused.getMessage());
      case IllegalArgumentException ours when ours.getMessage() != null -> ours.getMessage();
      default -> exception.getClass().getSimpleName();
    };
  }

  private static List<DeadLetterHeader> headers(@Nullable Headers headers) {
    if (headers == null) return List.of();
    return StreamSupport.stream(headers.spliterator(), false)
        .map(header -> new DeadLetterHeader(header.key(), wrap(header.value())))
        .toList();
  }

  private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
