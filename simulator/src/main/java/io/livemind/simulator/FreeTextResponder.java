package io.livemind.simulator;

import io.livemind.schemas.AnswerCue;
import io.livemind.simulator.ChatMessage.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Replies to text that nobody recorded, so that the whole pipeline can be tried without a model. It
 * understands nothing: it repeats what it got in other words, and every reply says that it is
 * simulated. The same messages and the same seed give the same reply.
 *
 * <p>Threading: any thread.
 */
final class FreeTextResponder implements Responder {
  /** Stands in every reply but a {@code wait}. */
  static final String LABEL = "[simulated]";

  /** Shorter new text is not worth a thought, in UTF-16 units without outer white space. */
  private static final int SHORTEST_THOUGHT = 12;

  private static final int EXCERPT = 90;
  private static final int MOST_STEPS = 12;
  private static final int KEY_WORDS = 4;
  private static final int SHORTEST_KEY_WORD = 5;
  private static final Pattern WORD_BORDER = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?。！？؟।]+");

  private static final List<String> THOUGHTS =
      List.of(
          "So far this is about %s; the answer should start there.",
          "Worth keeping in mind: %s.", "This adds something on %s to what came before.");

  private static final List<String> CLOSINGS =
      List.of(
          "Connect a real model, and this place holds its answer.",
          "A real model would now say what it thinks of it.",
          "The words are made up; the way they took to you is the real one.");

  private final long seed;

  FreeTextResponder(long seed) {
    this.seed = seed;
  }

  @Override
  public Reply reply(ChatCall call) {
    long draw = Mix.of(seed, call.fingerprint()) >>> 1;
    return Reply.madeUp(
        switch (call.kind()) {
          case INFERENCE -> thought(call, draw);
          case ANSWER -> answer(call, draw);
        });
  }

  private static String thought(ChatCall call, long draw) {
    String text = call.lastUserText().strip();
    List<String> keyWords = keyWords(text);
    if (text.length() < SHORTEST_THOUGHT || keyWords.isEmpty()) return "action wait.";
    String thought = String.format(Locale.ROOT, pick(THOUGHTS, draw), quoted(keyWords));
    return "action inference. " + LABEL + " " + thought;
  }

  private static String answer(ChatCall call, long draw) {
    List<ChatMessage> turn = presentTurn(call.messages());
    var prompt = new StringBuilder();
    int notes = 0;
    for (ChatMessage message : turn) {
      if (message.is(Role.USER)) prompt.append(AnswerCue.strip(message.content()));
      if (message.is(Role.ASSISTANT)) notes++;
    }
    String text = prompt.toString().strip();
    var answer = new StringBuilder(LABEL).append(" No model is connected, so this is no answer. ");
    answer.append("You wrote: “").append(excerpt(text)).append("” That is ");
    answer.append(counted(sentences(text), "sentence")).append(" in ");
    answer.append(counted(text.codePointCount(0, text.length()), "character")).append(". ");
    List<String> keyWords = keyWords(text);
    if (!keyWords.isEmpty()) answer.append("It turns on ").append(quoted(keyWords)).append(". ");
    if (notes == 0) workOut(text, answer.append("Nothing was concluded while you typed. "));
    else
      answer
          .append("While you typed, ")
          .append(counted(notes, "conclusion"))
          .append(" had been drawn already. ");
    return answer.append(pick(CLOSINGS, draw)).toString();
  }

  /** As long as the answers of models that begin to think with the whole prompt: step by step. */
  private static void workOut(String text, StringBuilder answer) {
    List<String> sentences = sentencesOf(text);
    for (int i = 0; i < Math.min(sentences.size(), MOST_STEPS); i++)
      answer
          .append("Step ")
          .append(i + 1)
          .append(": “")
          .append(excerpt(sentences.get(i).strip()))
          .append("” is read and weighed. ");
  }

  /** From behind the last answer on: what comes after an assistant message that no action opens. */
  private static List<ChatMessage> presentTurn(List<ChatMessage> messages) {
    int start = 0;
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage message = messages.get(i);
      if (message.is(Role.ASSISTANT) && !RecordedMemory.kept(message.content())) start = i + 1;
    }
    return messages.subList(start, messages.size());
  }

  private static String excerpt(String text) {
    if (text.length() <= EXCERPT) return text;
    int end = Character.isHighSurrogate(text.charAt(EXCERPT - 1)) ? EXCERPT - 1 : EXCERPT;
    return text.substring(0, end) + "…";
  }

  private static List<String> sentencesOf(String text) {
    return SENTENCE_END.splitAsStream(text).filter(part -> !part.isBlank()).toList();
  }

  private static int sentences(String text) {
    return sentencesOf(text).size();
  }

  /** The longest words, in the order of the text. */
  private static List<String> keyWords(String text) {
    Set<String> words = new LinkedHashSet<>();
    WORD_BORDER
        .splitAsStream(text)
        .filter(word -> word.length() >= SHORTEST_KEY_WORD)
        .forEach(word -> words.add(excerpt(word.toLowerCase(Locale.ROOT))));
    var longest = new ArrayList<>(words);
    longest.sort(Comparator.comparingInt(String::length).reversed());
    Set<String> chosen = Set.copyOf(longest.subList(0, Math.min(KEY_WORDS, longest.size())));
    return words.stream().filter(chosen::contains).toList();
  }

  private static String quoted(List<String> words) {
    if (words.size() == 1) return "“" + words.getFirst() + "”";
    return "“"
        + String.join("”, “", words.subList(0, words.size() - 1))
        + "” and “"
        + words.getLast()
        + "”";
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String pick(List<String> choices, long draw) {
    return choices.get((int) (draw % choices.size()));
  }
}
