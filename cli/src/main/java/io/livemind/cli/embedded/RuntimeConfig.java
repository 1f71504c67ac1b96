package io.livemind.cli.embedded;

import io.livemind.schemas.avro.Message;
import io.livemind.workers.ModelConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What runs in this process.
 *
 * @param models where the workers find models, by the name that a task carries
 * @param places tasks that the worker holds at a time
 * @param layout of the topics
 * @param renderedMessages the last look at the messages of a task; the identity, except where they
 *     are damaged on purpose
 * @param ownersTime how long the end of the JVM waits for the owner to close it
 */
public record RuntimeConfig(
    Map<String, ModelConfig> models,
    int places,
    TopicLayout layout,
    UnaryOperator<List<Message>> renderedMessages,
    Duration ownersTime) {
  public RuntimeConfig {
    models = Map.copyOf(models);
  }

  /** With the topics of an embedded broker and undamaged messages. */
  public static RuntimeConfig of(Map<String, ModelConfig> models, int places) {
    return new RuntimeConfig(
        models,
        places,
        TopicLayout.EMBEDDED,
        UnaryOperator.identity(),
        ClosedAtExit.USUAL_OWNERS_TIME);
  }

  /** The same with messages that are changed before a task leaves. */
  public RuntimeConfig rendering(UnaryOperator<List<Message>> change) {
    return new RuntimeConfig(models, places, layout, change, ownersTime);
  }

  /** The same for an owner who closes other things before, and needs so long for all of it. */
  public RuntimeConfig closedWithin(Duration longest) {
    return new RuntimeConfig(models, places, layout, renderedMessages, longest);
  }
}
