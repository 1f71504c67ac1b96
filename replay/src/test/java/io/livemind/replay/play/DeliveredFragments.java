package io.livemind.replay.play;

import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Resume;
import io.livemind.schemas.avro.Submit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Fragments of one session as they come into the log, which is not always as they were sent. */
final class DeliveredFragments {
  private final Delivery delivery;
  private final Random random;
  private final Deque<Fragment> late = new ArrayDeque<>();

  private final List<Fragment> turn = new ArrayList<>();

  /** What the client shows, and the next number of its fragments; where turns are repaired. */
  private final StringBuilder prompt = new StringBuilder();

  private long next;

  DeliveredFragments(Delivery delivery, Random random) {
    this.delivery = delivery;
    this.random = random;
  }

  /** What may happen on the way. */
  enum Delivery {
    PLAIN,
    /** Each comes twice. */
    TWICE,
    /** Some come behind later ones. */
    LATE,
    /** A second reader asks for a snapshot between them, with numbers of its own. */
    ASKED_BETWEEN,
    /** One was never written, so that the submit is refused; text and submit are sent again. */
    REPAIRED
  }

  void take(Fragment fragment, Consumer<Fragment> log) {
    switch (delivery) {
      case PLAIN -> log.accept(fragment);
      case TWICE -> {
        log.accept(fragment);
        log.accept(fragment);
      }
      case LATE -> late(fragment, log);
      case ASKED_BETWEEN -> {
        log.accept(fragment);
        log.accept(numbered(fragment, Long.MAX_VALUE, 0, new Resume("request")));
      }
      case REPAIRED -> repaired(fragment, log);
    }
  }

  private void late(Fragment fragment, Consumer<Fragment> log) {
    boolean waits = late.size() < 8 && random.nextInt(3) == 0;
    if (waits && !(fragment.getContent() instanceof Submit)) {
      late.add(fragment);
      return;
    }
    log.accept(fragment);
    while (!late.isEmpty()) log.accept(late.removeLast());
  }

  private void repaired(Fragment fragment, Consumer<Fragment> log) {
    switch (fragment.getContent()) {
      case Append append -> prompt.append(append.getText());
      case Replace replace -> {
        int end = replace.getPosition() + replace.getDeletedLength();
        prompt.replace(replace.getPosition(), end, replace.getText());
      }
      default -> {}
    }
    turn.add(fragment);
    if (!(fragment.getContent() instanceof Submit)) return;
    List<Fragment> edits =
        turn.stream()
            .filter(
                one -> one.getContent() instanceof Append || one.getContent() instanceof Replace)
            .toList();
    turn.remove(edits.get(random.nextInt(edits.size())));
    turn.forEach(one -> log.accept(numbered(one, next++, one.getContent())));
    var whole = new Replace(0, Integer.MAX_VALUE, prompt.toString());
    log.accept(numbered(fragment, next++, whole));
    log.accept(numbered(fragment, next++, fragment.getContent()));
    turn.clear();
    prompt.setLength(0);
  }

  private static Fragment numbered(Fragment like, long sequence, Object content) {
    return numbered(like, like.getWriter(), sequence, content);
  }

  private static Fragment numbered(Fragment like, long writer, long sequence, Object content) {
    int partition = like.getAnswersPartition();
    long millis = like.getMadeAtMillis();
    return new Fragment(writer, sequence, like.getTurn(), partition, millis, content);
  }
}
