package io.livemind.integration.chaos.process;

import io.livemind.schemas.avro.Message;
import io.livemind.schemas.avro.Role;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Bugs that a role can be given, so that it is seen that the checkers find them. */
public enum PlantedBug {
  NONE(UnaryOperator.identity()),
  /** The third word of each prompt is lost. */
  WORD_LOST(text -> text.replaceAll("(c\\d+t\\d+n3)\\b", "")),
  /** The third word of each prompt takes effect twice. */
  WORD_TWICE(text -> text.replaceAll("(c\\d+t\\d+n3)\\b", "$1 $1")),
  /** A worker takes a reply that broke off for a whole one. */
  REPLY_CUT_SHORT(UnaryOperator.identity()),
  /** A gateway lets everybody type as fast as they like. */
  NO_RATE_LIMIT(UnaryOperator.identity()),
  /** The topology stands still over what a bad session says. */
  BAD_SESSION_BLOCKS(PlantedBug::standStill),
  /** Words that were taken back come back. */
  DELETED_STAYS(PlantedBug::withDeletedWords),
  /** The first word of the session that was rendered before stands in the next one's prompt. */
  LEAKS(PlantedBug::withForeignWord),
  /** A worker that was killed is waited for much too long. */
  LEASES_TOO_LONG(UnaryOperator.identity());

  private static final Pattern WORD = Pattern.compile("(c\\d+t\\d+n)(\\d+)");
  private static final AtomicReference<String> LAST_FIRST_WORD = new AtomicReference<>("");

  /** What the nemesis's bad session says, again and again. */
  public static final String BAD_WORD = "malicious";

  private static final Duration STANDSTILL = Duration.ofSeconds(20);

  private final UnaryOperator<String> damage;

  PlantedBug(UnaryOperator<String> damage) {
    this.damage = damage;
  }

  private static String withDeletedWords(String text) {
    List<MatchResult> words = WORD.matcher(text).results().toList();
    if (words.isEmpty()) return text;
    List<Integer> numbers = words.stream().map(word -> Integer.parseInt(word.group(2))).toList();
    var deleted = new StringBuilder();
    for (int i = 1; i < Collections.max(numbers); i++) {
      if (!numbers.contains(i)) deleted.append(words.getFirst().group(1)).append(i).append(' ');
    }
    return deleted + text;
  }

  private static String withForeignWord(String text) {
    return WORD.matcher(text)
        .results()
        .findFirst()
        .map(word -> text + " " + LAST_FIRST_WORD.getAndSet(word.group()))
        .orElse(text);
  }

  private static String standStill(String text) {
    if (!text.contains(BAD_WORD)) return text;
    try {
      Thread.sleep(STANDSTILL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return text;
  }

  /** The messages of a task with the bug in what the user said. */
  List<Message> damaged(List<Message> messages) {
    return messages.stream()
        .map(
            message ->
                message.getRole() == Role.USER
                    ? new Message(message.getRole(), damage.apply(message.getContent()))
                    : message)
        .toList();
  }
}
