package io.livemind.benchmarks.authors;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One user, one process, as the paper describes it: each key hands over the whole text so far,
 * which is cut into sentences from its beginning; what is new is thought about with a prompt that
 * is put together anew. All this is done under one lock, which the call to the model holds too, so
 * the keys behind it wait, and so does the submit. Written for this comparison.
 *
 * <p>Threading: any thread; they get the lock in the order in which they came.
 */
final class OneProcessDesign {
  private final BreakIterator sentences = BreakIterator.getSentenceInstance(ULocale.ENGLISH);
  private final ReentrantLock lock = new ReentrantLock(true);
  private final List<String> read = new ArrayList<>();
  private final List<String> memory = new ArrayList<>();
  private final Runnable model;

  /**
   * Nothing has been typed.
   *
   * @param model returns when a call has its whole reply
   */
  OneProcessDesign(Runnable model) {
    this.model = model;
  }

  /** A text that was typed and thought about before; the model is not called. */
  void begun(String text) {
    lock.lock();
    try {
      readNew(text);
    } finally {
      lock.unlock();
    }
  }

  /**
   * One key; returns when the lock is free again.
   *
   * @param text everything that was typed so far
   * @return length of the prompt that went to the model; 0 if nothing was new
   */
  int typed(String text) {
    lock.lock();
    try {
      if (!readNew(text)) return 0;
      String prompt = prompt();
      model.run();
      memory.add("The harbour is closed in winter.");
      return prompt.length();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The prompt is complete.
   *
   * @param text all of it
   * @param calling runs when the model is about to be called
   * @return length of the prompt that went to the model
   */
  int submitted(String text, Runnable calling) {
    lock.lock();
    try {
      List<String> segments = segments(text);
      read.addAll(segments.subList(read.size(), segments.size()));
      String prompt = prompt();
      calling.run();
      model.run();
      return prompt.length();
    } finally {
      lock.unlock();
    }
  }

  /** Whether more sentences are complete now; the last one may still go on. */
  private boolean readNew(String text) {
    List<String> segments = segments(text);
    int complete = segments.size() - 1;
    if (complete <= read.size()) return false;
    read.addAll(segments.subList(read.size(), complete));
    return true;
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
