package io.livemind.benchmarks.authors;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One user, one process, as the paper describes it: each key hands over the whole text so far,
 * which is cut into sentences from its beginning; what is new is thought about under a lock, with a
 * prompt that is put together anew.
 *
 * <p>Written for this comparison from the description; the model costs nothing here either.
 */
final class OneProcessDesign {
  private final BreakIterator sentences = BreakIterator.getSentenceInstance(ULocale.ENGLISH);
  private final ReentrantLock call = new ReentrantLock();
  private final List<String> read = new ArrayList<>();
  private final List<String> memory = new ArrayList<>();

  /**
   * One key.
   *
   * @param text everything that was typed so far
   * @return length of the prompt that went to the model; 0 if nothing was new
   */
  int typed(String text) {
    List<String> segments = segments(text);
    int complete = segments.size() - 1;
    if (complete <= read.size()) return 0;
    call.lock();
    try {
      read.addAll(segments.subList(read.size(), complete));
      String prompt = prompt();
      memory.add("The harbour is closed in winter.");
      return prompt.length();
    } finally {
      call.unlock();
    }
  }

  private List<String> segments(String text) {
    List<String> found = new ArrayList<>();
    sentences.setText(text);
    int start = sentences.first();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      found.add(text.substring(start, end));
      start = end;
    }
    return found;
  }

  private String prompt() {
    var prompt = new StringBuilder("Prompt so far:\n");
    read.forEach(prompt::append);
    prompt.append("\nPrevious inferences:\n");
    memory.forEach(inference -> prompt.append(inference).append('\n'));
    return prompt.toString();
  }
}
