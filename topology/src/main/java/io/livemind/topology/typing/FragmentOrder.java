package io.livemind.topology.typing;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Replace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts the fragments of a session in the order of their writer, each once.
 *
 * <p>A fragment that comes early waits, within {@link TypingLimits#heldFragments()}, {@link
 * TypingLimits#gapMillis()} and a prompt's text: what waits lies in the head, which is one record.
 * Beyond, everything that waits is dropped and the client is told which number is expected. A
 * writer with a larger number takes over, and numbers from 0 again.
 *
 * <p>A fragment may also wait for its turn, though it is the one that is expected: then it stands
 * first among those that wait, and everything behind it waits with it.
 */
final class FragmentOrder {

  /** What is to be done with a fragment. */
  sealed interface Verdict {}

  /** Apply these now, in this order; the prompt expects what comes after them. */
  record Apply(TypedPrompt prompt, List<Fragment> fragments) implements Verdict {}

  /** It had its effect before. */
  record Duplicate() implements Verdict {}

  /** It waits for an earlier one. */
  record Wait(TypedPrompt prompt) implements Verdict {}

  /** It is not taken. */
  record Refuse(TypedPrompt prompt, FailureCode code, long expected) implements Verdict {}

  private final TypingLimits limits;

  FragmentOrder(TypingLimits limits) {
    this.limits = limits;
  }

  Verdict judge(TypedPrompt prompt, Fragment fragment, long nowMillis) {
    long writer = fragment.getWriter();
    if (writer < prompt.writer()) {
      return new Refuse(prompt, FailureCode.NOT_WRITER, prompt.nextSequence());
    }
    TypedPrompt current =
        writer == prompt.writer() ? prompt : prompt.withOrder(writer, 0, List.of(), 0);
    long sequence = fragment.getSequence();
    if (sequence < current.nextSequence()) return new Duplicate();
    return sequence == current.nextSequence()
        ? applyWithFollowers(current, fragment, nowMillis)
        : hold(current, fragment, nowMillis);
  }

  /** What waits for its turn, with what has come behind it. */
  Apply turnHasCome(TypedPrompt prompt, long nowMillis) {
    return applyWithFollowers(prompt, prompt.held().getFirst(), nowMillis);
  }

  /** These were to be applied, but wait for the turn of the first one. */
  static TypedPrompt holding(TypedPrompt prompt, List<Fragment> fragments, long nowMillis) {
    List<Fragment> held = new ArrayList<>(fragments);
    held.addAll(prompt.held());
    long next = fragments.getFirst().getSequence();
    return prompt.withOrder(prompt.writer(), next, List.copyOf(held), nowMillis);
  }

  /** Whether fragments have waited for a missing one for too long. */
  boolean gapIsOverdue(TypedPrompt prompt, long nowMillis) {
    return prompt.gapSinceMillis() != 0
        && !prompt.waitsForTurn()
        && nowMillis - prompt.gapSinceMillis() >= limits.gapMillis();
  }

  private Apply applyWithFollowers(TypedPrompt prompt, Fragment fragment, long nowMillis) {
    List<Fragment> ready = new ArrayList<>(List.of(fragment));
    List<Fragment> early = new ArrayList<>(prompt.held());
    long next = fragment.getSequence() + 1;
    if (prompt.waitsForTurn()) early.removeFirst();
    while (!early.isEmpty() && early.getFirst().getSequence() == next) {
      ready.add(early.removeFirst());
      next++;
    }
    long gapSince = early.isEmpty() ? 0 : nowMillis;
    return new Apply(prompt.withOrder(prompt.writer(), next, List.copyOf(early), gapSince), ready);
  }

  private Verdict hold(TypedPrompt prompt, Fragment fragment, long nowMillis) {
    boolean held =
        prompt.held().stream().anyMatch(early -> early.getSequence() == fragment.getSequence());
    if (held) return new Wait(prompt);
    if (isFull(prompt, fragment) || gapIsOverdue(prompt, nowMillis)) {
      return new Refuse(
          prompt.withOrder(prompt.writer(), prompt.nextSequence(), List.of(), 0),
          FailureCode.MISSING_SEQUENCE,
          prompt.nextSequence());
    }
    List<Fragment> early = new ArrayList<>(prompt.held());
    early.add(fragment);
    early.sort(Comparator.comparingLong(Fragment::getSequence));
    long gapSince = prompt.gapSinceMillis() == 0 ? nowMillis : prompt.gapSinceMillis();
    return new Wait(
        prompt.withOrder(prompt.writer(), prompt.nextSequence(), List.copyOf(early), gapSince));
  }

  private boolean isFull(TypedPrompt prompt, Fragment further) {
    long text = length(further);
    for (Fragment early : prompt.held()) text += length(early);
    return prompt.held().size() >= limits.heldFragments() || text > limits.promptLength();
  }

  /** UTF-16 units of text; an open holds some too, though all that comes of it is a refusal. */
  private static int length(Fragment fragment) {
    return switch (fragment.getContent()) {
      case Append append -> append.getText().length();
      case Replace replace -> replace.getText().length();
      case Open open -> open.toString().length();
      default -> 0;
    };
  }
}
