package io.livemind.topology.typing;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Boundary;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Delete;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Submit;
import io.livemind.topology.segmentation.Segmenter;
import io.livemind.topology.segmentation.Segmenter.Segmentation;
import io.livemind.topology.typing.PromptChange.CancelRequested;
import io.livemind.topology.typing.PromptChange.DeleteRequested;
import io.livemind.topology.typing.PromptChange.Refused;
import io.livemind.topology.typing.PromptChange.Reopened;
import io.livemind.topology.typing.PromptChange.Repeated;
import io.livemind.topology.typing.PromptChange.SegmentAdded;
import io.livemind.topology.typing.PromptChange.Submitted;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Applies fragments to the prompt of a session and cuts segments.
 *
 * <p>An append, and an edit of open text, cost the same at any length of the prompt. An edit of
 * closed text opens the segments from the edited one on, raises the revision, and costs in
 * proportion to the text behind it. A turn has few more segments than {@link Segmenter#FINE}, so
 * that no fragment holds the sessions of the same thread up for long.
 *
 * <p>Threading: one thread at a time, because of the {@link Segmenter}.
 */
public final class PromptEditor {

  /** The prompt afterwards, and what happened to it. */
  public record Edit(TypedPrompt prompt, List<PromptChange> changes) {}

  private final Segmenter segmenter;
  private final FragmentOrder order;
  private final TypingLimits limits;

  public PromptEditor(Segmenter segmenter, TypingLimits limits) {
    this.segmenter = segmenter;
    this.order = new FragmentOrder(limits);
    this.limits = limits;
  }

  /**
   * Takes the next fragment from the topic.
   *
   * @param answeredTurn the turn that is thought about or answered: a prompt may be submitted while
   *     the one before it is answered, not earlier
   */
  public Edit apply(
      TypedPrompt before, Fragment next, int answeredTurn, ClosedSegments closed, long nowMillis) {
    return switch (order.judge(before, next, nowMillis)) {
      case FragmentOrder.Duplicate _ -> new Edit(before, again(before, next));
      case FragmentOrder.Wait wait -> turnHasCome(wait.prompt(), answeredTurn, closed, nowMillis);
      case FragmentOrder.Refuse refuse ->
          new Edit(
              refuse.prompt(),
              List.of(refused(refuse.code(), next, refuse.expected(), OptionalLong.empty())));
      case FragmentOrder.Apply apply -> applied(apply, answeredTurn, closed, nowMillis);
    };
  }

  /** A submit that has its effect ends its turn: one of the turn that is typed was refused. */
  private static List<PromptChange> again(TypedPrompt prompt, Fragment fragment) {
    boolean wasRefused =
        fragment.getContent() instanceof Submit && fragment.getTurn() == prompt.turn();
    if (!wasRefused) return List.of(new Repeated());
    var resync = refused(FailureCode.RESYNC, fragment, prompt.nextSequence(), OptionalLong.empty());
    return List.of(new Repeated(), resync);
  }

  private Edit applied(
      FragmentOrder.Apply apply, int answeredTurn, ClosedSegments closed, long nowMillis) {
    var work = new Work(apply.prompt(), closed, nowMillis);
    List<Fragment> fragments = apply.fragments();
    for (int i = 0; i < fragments.size(); i++) {
      if (isAhead(fragments.get(i), work.prompt, answeredTurn)) {
        List<Fragment> rest = fragments.subList(i, fragments.size());
        return new Edit(FragmentOrder.holding(work.prompt, rest, nowMillis), work.changes);
      }
      work.take(fragments.get(i));
    }
    return new Edit(work.prompt, work.changes);
  }

  /** One prompt may be complete while a turn is answered; the next one waits for the end. */
  private static boolean isAhead(Fragment fragment, TypedPrompt prompt, int answeredTurn) {
    return fragment.getContent() instanceof Submit
        && fragment.getTurn() == prompt.turn()
        && prompt.turn() > answeredTurn + 1;
  }

  private Edit turnHasCome(
      TypedPrompt before, int answeredTurn, ClosedSegments closed, long nowMillis) {
    if (!before.waitsForTurn() || isAhead(before.held().getFirst(), before, answeredTurn))
      return new Edit(before, List.of());
    return applied(order.turnHasCome(before, nowMillis), answeredTurn, closed, nowMillis);
  }

  /** Ends the open text as a segment, because nothing was typed for a while. */
  public Edit closeIdle(TypedPrompt before, long nowMillis) {
    var work =
        new Work(
            before,
            (_, _) -> {
              throw new IllegalStateException("closing open text reads no closed text");
            },
            nowMillis);
    work.closeEarly(ClosedBy.IDLE);
    return new Edit(work.prompt, work.changes);
  }

  /** Takes what waited for its turn; drops what has waited for a missing fragment for too long. */
  public Edit endWait(TypedPrompt before, int answeredTurn, ClosedSegments closed, long nowMillis) {
    if (!order.gapIsOverdue(before, nowMillis))
      return turnHasCome(before, answeredTurn, closed, nowMillis);
    Fragment first = before.held().getFirst();
    return new Edit(
        before.withOrder(before.writer(), before.nextSequence(), List.of(), 0),
        List.of(
            refused(
                FailureCode.MISSING_SEQUENCE, first, before.nextSequence(), OptionalLong.empty())));
  }

  private static Refused refused(
      FailureCode code, Fragment fragment, long expected, OptionalLong limit) {
    return new Refused(code, fragment.getWriter(), fragment.getSequence(), expected, limit);
  }

  /** One application: the prompt as it changes, and the changes so far. */
  private final class Work {
    private final ClosedSegments closed;
    private final long nowMillis;
    private final List<PromptChange> changes = new ArrayList<>();
    private final List<Segment> added = new ArrayList<>();
    private TypedPrompt prompt;

    Work(TypedPrompt prompt, ClosedSegments closed, long nowMillis) {
      this.prompt = prompt;
      this.closed = closed;
      this.nowMillis = nowMillis;
    }

    void take(Fragment fragment) {
      boolean thisTurn = fragment.getTurn() == prompt.turn();
      switch (fragment.getContent()) {
        case Cancel _ -> cancel(fragment);
        case Delete _ -> changes.add(new DeleteRequested());
        case Open _ -> refuse(FailureCode.SESSION_EXISTS, fragment);
        case Object _ when !thisTurn -> refuse(FailureCode.WRONG_TURN, fragment);
        case Object _ when prompt.turn() >= limits.turns() ->
            refuse(FailureCode.TOO_MANY_TURNS, fragment, limits.turns());
        case Submit submit -> submit(fragment, submit);
        case Object _ when prompt.fragments() >= limits.fragmentsPerTurn() ->
            refuse(FailureCode.TOO_MANY_FRAGMENTS, fragment, limits.fragmentsPerTurn());
        case Object content -> edit(fragment, content);
      }
    }

    private void edit(Fragment fragment, Object content) {
      prompt = prompt.counted();
      switch (content) {
        case Append append -> splice(fragment, prompt.length(), 0, append.getText());
        case Replace replace ->
            splice(fragment, replace.getPosition(), replace.getDeletedLength(), replace.getText());
        case Boundary _ -> closeEarly(ClosedBy.BOUNDARY);
        default -> throw new IllegalStateException("a fragment of an unknown kind was decoded");
      }
    }

    private void refuse(FailureCode code, Fragment fragment) {
      changes.add(refused(code, fragment, prompt.nextSequence(), OptionalLong.empty()));
    }

    private void refuse(FailureCode code, Fragment fragment, int limit) {
      changes.add(refused(code, fragment, prompt.nextSequence(), OptionalLong.of(limit)));
    }

    private void splice(Fragment fragment, int position, int deletedLength, String text) {
      long deleted = Math.min((long) position + deletedLength, prompt.length()) - position;
      if (text.length() > limits.fragmentLength()) {
        refuse(FailureCode.FRAGMENT_TOO_LARGE, fragment, limits.fragmentLength());
      } else if (prompt.length() - deleted + text.length() > limits.promptLength()) {
        refuse(FailureCode.PROMPT_TOO_LARGE, fragment, limits.promptLength());
      } else if (position < 0 || position > prompt.length() || deletedLength < 0) {
        refuse(FailureCode.BAD_POSITION, fragment);
      } else {
        OpenTail tail = tailFrom(position);
        int from = position - tail.start();
        int to = (int) (from + deleted);
        if (splitsPair(tail.text(), from) || splitsPair(tail.text(), to)) {
          refuse(FailureCode.BAD_POSITION, fragment);
        } else {
          replaceTail(tail, from, to, text);
        }
      }
    }

    private void replaceTail(OpenTail tail, int from, int to, String text) {
      String edited = tail.text().substring(0, from) + text + tail.text().substring(to);
      if (edited.equals(tail.text())) return;
      OpenTail changed = tail.from(tail.start() + commonPrefix(edited, tail.text()));
      String changedText = edited.substring(changed.start() - tail.start());
      if (changed.kept() < prompt.segments()) {
        prompt = prompt.reopened(changed, changedText);
        added.removeIf(segment -> segment.index() >= changed.kept());
        changes.add(new Reopened(prompt.turn(), prompt.revision(), changed.kept()));
      }
      prompt = prompt.withOpenText(changedText, nowMillis);
      close(segmenter.advance(prompt.segments(), prompt.carry(), prompt.openText()));
    }

    private OpenTail tailFrom(int position) {
      return OpenTail.of(prompt, position, this::backwards);
    }

    /** The ones that were added are the last ones. */
    private void backwards(int before, Predicate<Segment> visitor) {
      for (Segment segment : added.reversed()) if (!visitor.test(segment)) return;
      if (before > added.size()) closed.backwards(before - added.size(), visitor);
    }

    private void submit(Fragment fragment, Submit submit) {
      if (submit.getLength() != prompt.length() || submit.getHash() != prompt.hash()) {
        refuse(FailureCode.RESYNC, fragment);
      } else if (prompt.segments() == 0 && prompt.openText().isBlank()) {
        refuse(FailureCode.EMPTY_PROMPT, fragment);
      } else {
        closeAll(ClosedBy.SUBMIT);
        changes.add(
            new Submitted(
                prompt.turn(), prompt.revision(), prompt.segments(), prompt.closedHash()));
        prompt = prompt.nextTurn(nowMillis);
        added.clear();
      }
    }

    /** A prompt that is still typed is emptied; an answer is asked to stop. */
    private void cancel(Fragment fragment) {
      if (fragment.getTurn() > prompt.turn()) {
        refuse(FailureCode.WRONG_TURN, fragment);
      } else if (fragment.getTurn() < prompt.turn()) {
        changes.add(new CancelRequested(fragment.getTurn()));
      } else if (prompt.length() > 0) {
        replaceTail(tailFrom(0), 0, prompt.length(), "");
      }
    }

    /** Text that only size closes is not closed before its turn ends. */
    private void closeEarly(ClosedBy reason) {
      if (!prompt.isCutBySizeOnly()) closeAll(reason);
    }

    private void closeAll(ClosedBy reason) {
      close(segmenter.finish(prompt.segments(), prompt.carry(), prompt.openText(), reason));
    }

    private void close(Segmentation segmentation) {
      if (segmentation.cuts().isEmpty()) return;
      String open = prompt.openText();
      long hash = prompt.closedHash();
      int offset = 0;
      for (int i = 0; i < segmentation.cuts().size(); i++) {
        var cut = segmentation.cuts().get(i);
        String text = open.substring(offset, cut.end());
        hash = TextHash.append(hash, text);
        var segment =
            new Segment(
                prompt.segments() + i,
                prompt.closedLength() + offset,
                text,
                hash,
                segmentation.carries().get(i),
                cut.closedBy());
        added.add(segment);
        changes.add(new SegmentAdded(prompt.turn(), segment));
        offset = cut.end();
      }
      prompt = prompt.closing(added.getLast(), open.substring(offset));
    }
  }

  private static int commonPrefix(String one, String other) {
    int length = Math.min(one.length(), other.length());
    int common = 0;
    while (common < length && one.charAt(common) == other.charAt(common)) common++;
    return common;
  }

  private static boolean splitsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at));
  }
}
