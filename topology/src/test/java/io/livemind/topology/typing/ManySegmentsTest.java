package io.livemind.topology.typing;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.TextHash;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Boundary;
import io.livemind.schemas.avro.ClosedBy;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Granularity;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Submit;
import io.livemind.topology.segmentation.SegmentationSettings;
import io.livemind.topology.segmentation.Segmenter;
import io.livemind.topology.typing.PromptEditor.Edit;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A text of nothing but the shortest sentences holds the others of its thread up for no time. */
class ManySegmentsTest {
  /** Two UTF-16 units, one sentence. */
  private static final String SENTENCE = "あ！";

  private static final int HALF = 65_536;
  private static final int WHOLE = 131_072;

  /** Bytes that cutting may allocate for each unit of the text that it cuts. */
  private static final long BYTES_A_UNIT = 1_000;

  private final PromptEditor editor =
      new PromptEditor(
          new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, 1_000)),
          TypingLimits.DEFAULT);
  private final List<Segment> closed = new ArrayList<>();
  private TypedPrompt prompt = TypedPrompt.opened(1, 0, 0);
  private int shown;

  @Test
  void beyondSoManySegmentsATextIsClosedBySizeOnly() {
    type(new Append(SENTENCE.repeat(WHOLE / 2)));

    List<Segment> fine = closed.subList(0, Segmenter.FINE);
    List<Segment> coarse = closed.subList(Segmenter.FINE, closed.size());
    assertThat(fine).allSatisfy(segment -> assertThat(segment.text()).isEqualTo(SENTENCE));
    assertThat(coarse)
        .hasSizeBetween(100, 200)
        .allSatisfy(segment -> assertThat(segment.closedBy()).isEqualTo(ClosedBy.SIZE));
  }

  @Test
  void theShortestMaximumLengthMakesNoMoreSegments() {
    var finest =
        new PromptEditor(
            new Segmenter(new SegmentationSettings(Granularity.CHARACTER, 1, 32)),
            TypingLimits.DEFAULT);

    take(finest, new Append("x ".repeat(HALF)));
    take(finest, new Append("x ".repeat(HALF)));

    assertThat(closed).hasSizeBetween(Segmenter.FINE, Segmenter.FINE + 1_000);
  }

  @Test
  void aTextThatIsTypedSlowlyIsCutAsOneThatIsPasted() {
    String text =
        SENTENCE.repeat(Segmenter.FINE - 5) + "A list:\n* one\n* two\nIs it. ".repeat(400);
    type(new Append(text));
    List<Segment> pasted = List.copyOf(closed);
    closed.clear();
    prompt = TypedPrompt.opened(1, 0, 0);

    for (int from = 0; from < text.length(); from += 3)
      type(new Append(text.substring(from, Math.min(text.length(), from + 3))));

    assertThat(pasted).hasSizeGreaterThan(Segmenter.FINE);
    assertThat(closed).isEqualTo(pasted);
  }

  @Test
  void anEditCutsAsIfItsTextHadBeenTyped() {
    String text = "One two. " + SENTENCE.repeat(Segmenter.FINE + 2_000);
    type(new Append(text));

    type(new Replace(4, 3, "six. And"));

    List<Segment> edited = List.copyOf(closed);
    closed.clear();
    prompt = TypedPrompt.opened(1, 0, 0);
    type(new Append("One six. And" + text.substring(7)));
    assertThat(edited).isEqualTo(closed);
  }

  @Test
  void aBoundaryClosesNothingThatOnlySizeClosesAndASubmitClosesAll() {
    type(new Append(SENTENCE.repeat(Segmenter.FINE + 1)));
    int before = closed.size();

    type(new Append("And. "), new Boundary());
    assertThat(closed).hasSize(before);
    type(new Submit(prompt.length(), prompt.hash()));

    assertThat(closed).last().satisfies(last -> assertThat(last.text()).isEqualTo("あ！And. "));
  }

  @Test
  void cuttingCopiesEachUnitSoManyTimes() {
    type(new Append(SENTENCE.repeat(100)), new Replace(0, 200, ""));

    assertThat(allocated(() -> type(new Append(SENTENCE.repeat(WHOLE / 2)))))
        .isLessThan(WHOLE * BYTES_A_UNIT);
  }

  @Test
  void anEditAtTheStartLooksAtEachSegmentOnce() {
    type(new Append(SENTENCE.repeat(WHOLE / 2)));
    int before = closed.size();

    long bytes = allocated(() -> type(new Replace(0, 1, "い")));

    assertThat(shown).isEqualTo(before).isLessThan(Segmenter.FINE + 1_000);
    assertThat(bytes).isLessThan(WHOLE * BYTES_A_UNIT);
  }

  @Test
  void anEditNearTheEndLooksAtWhatIsBehindItOnly() {
    type(new Append(SENTENCE.repeat(1_000)));

    type(new Replace(1_990, 1, "い"));

    assertThat(shown).isEqualTo(5);
    assertThat(prompt.hash())
        .isEqualTo(TextHash.of(SENTENCE.repeat(995) + "い！" + SENTENCE.repeat(4)));
  }

  private static long allocated(Runnable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private void type(Object... contents) {
    for (Object content : contents) take(editor, content);
  }

  private void take(PromptEditor by, Object content) {
    shown = 0;
    var fragment = new Fragment(1L, prompt.nextSequence(), prompt.turn(), 0, 0L, content);
    Edit edit =
        by.apply(
            prompt,
            fragment,
            prompt.turn(),
            (before, visitor) -> {
              for (int i = before - 1; i >= 0; i--) {
                shown++;
                if (!visitor.test(closed.get(i))) return;
              }
            },
            0);
    prompt = edit.prompt();
    for (PromptChange change : edit.changes()) {
      switch (change) {
        case PromptChange.SegmentAdded added -> closed.add(added.segment());
        case PromptChange.Reopened reopened ->
            closed.subList(reopened.keptSegments(), closed.size()).clear();
        case PromptChange other -> assertThat(other).isInstanceOf(PromptChange.Submitted.class);
      }
    }
  }
}
