package io.livemind.cli.role;

import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.livemind.schemas.Topic;
import io.livemind.schemas.Topics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/** The parts that run as processes of their own, and what each may do with which topic. */
public enum Role {
  TOPOLOGY(
      topics -> List.of(topics.fragments(), topics.inferenceResults()),
      topics ->
          List.of(
              topics.inferenceTasks(),
              topics.answerTasks(),
              topics.workerControl(),
              topics.answers(),
              topics.usage(),
              topics.deadLetters())),
  WORKER(
      topics -> List.of(topics.inferenceTasks(), topics.answerTasks(), topics.workerControl()),
      topics -> List.of(topics.inferenceResults(), topics.answers(), topics.deadLetters())),
  GATEWAY(
      topics -> List.of(topics.answers(), topics.usage()), topics -> List.of(topics.fragments()));

  private final Function<Topics, List<Topic<?, ?>>> read;
  private final Function<Topics, List<Topic<?, ?>>> written;

  Role(Function<Topics, List<Topic<?, ?>>> read, Function<Topics, List<Topic<?, ?>>> written) {
    this.read = read;
    this.written = written;
  }

  /** In messages, commands and user names. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The least that the role's principal must be allowed, by the topic's name. */
  public Map<String, AclOperation> access(Topics topics) {
    return Stream.concat(
            read.apply(topics).stream().map(topic -> Map.entry(topic.name(), READ)),
            written.apply(topics).stream().map(topic -> Map.entry(topic.name(), WRITE)))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
