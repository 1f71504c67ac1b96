package io.livemind.topology;

import io.livemind.schemas.AnswerCue;
import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import io.livemind.schemas.avro.Task;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the messages of a task say about the turn that it is for, when workers reply "action
 * inference. " with the text that they read and a "#", and answer "answer to " with the prompt.
 */
final class PromptOfTask {
  /** How the message begins that asks for a summary. */
  private static final String SUMMARY_CUE = "[Do not act";

  private PromptOfTask() {}

  /** The user's text. */
  static String typed(Task task) {
    return messages(task).stream()
        .filter(message -> message.getRole() == Role.USER)
        .map(message -> AnswerCue.strip(message.getContent()))
        .filter(content -> !content.startsWith(SUMMARY_CUE))
        .collect(Collectors.joining());
  }

  /** All messages as one text, without the cue that only a call for an answer ends with. */
  static String asked(Task task) {
    return task.getMessages().stream()
        .map(message -> message.getRole() + ": " + AnswerCue.strip(message.getContent()))
        .collect(Collectors.joining("\n"));
  }

  /** The texts that the inferences in its memory rest on. */
  static List<String> inferred(Task task) {
    return messages(task).stream()
        .filter(message -> message.getRole() == Role.ASSISTANT)
        .map(message -> message.getContent().replaceAll("action (inference|summarize)\\. |#", ""))
        .map(String::strip)
        .toList();
  }

  /** What follows the last answer of an earlier turn. */
  private static List<Message> messages(Task task) {
    List<Message> messages = task.getMessages();
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      String content = messages.get(i).getContent();
      boolean answer =
          messages.get(i).getRole() == Role.ASSISTANT
              && (content.startsWith("answer to ") || content.endsWith("[interrupted]"));
      if (answer) from = i + 1;
    }
    return messages.subList(from, messages.size());
  }
}
