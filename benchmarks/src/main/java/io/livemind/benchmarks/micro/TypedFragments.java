package io.livemind.benchmarks.micro;

import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Granularity;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.StoredPrompt;
import io.livemind.topology.segmentation.SegmentationSettings;
import io.livemind.topology.segmentation.Segmenter;
import io.livemind.topology.session.Moment;
import io.livemind.topology.session.SessionEvent;
import io.livemind.topology.session.SessionMachine;
import io.livemind.topology.session.SessionTimes;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.KnownOptions;
import io.livemind.topology.state.OptionsDigest;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.PromptChange;
import io.livemind.topology.typing.PromptEditor;
import io.livemind.topology.typing.PromptEditor.Edit;
import io.livemind.topology.typing.TypedPrompt;
import io.livemind.topology.typing.TypingLimits;

/**
 * What both stages do with a fragment, without Kafka: the head is read, the fragment applied, the
 * session machine asked, parts and head written. A prompt of a given length lies before.
 */
final class TypedFragments {
  private static final String SESSION = "session-0123456789";
  private static final String SENTENCE = "The harbour freezes in a cold January, and ships wait. ";
  private static final String[] NEXT = SENTENCE.split("(?<= )");
  private static final long NOW = 1_790_000_000_000L;

  private final CountingStore entries = new CountingStore();
  private final SessionStore store =
      new SessionStore(entries, new KnownOptions(KnownOptions.UNITS));
  private final PromptEditor editor =
      new PromptEditor(
          new Segmenter(new SegmentationSettings(Granularity.SENTENCE, 1, 1_000)),
          TypingLimits.DEFAULT);
  private final SessionOptions options = SessionOptions.newBuilder().build();
  private final Head before;
  private int edits;

  TypedFragments(int length) {
    store.putOptions(SESSION, options);
    store.putHead(
        SESSION, Head.opened(0, "", OptionsDigest.of(options), TypedPrompt.opened(1, 0, NOW), NOW));
    while (head().prompt().length() < length) append(SENTENCE);
    before = head();
  }

  /** The next sentence, word by word; then the prompt is as long as before. */
  void typeSentence() {
    for (String word : NEXT) append(word);
    store.putHead(SESSION, before);
  }

  /** As many edits of the open text as a sentence has words. */
  void editOpenText() {
    append(NEXT[0]);
    int position = head().prompt().closedLength();
    for (int i = 1; i < NEXT.length; i++) apply(new Replace(position, 3, "One"));
    store.putHead(SESSION, before);
  }

  /** One edit with so many UTF-16 units of closed text behind it. */
  void editClosedText(int behind) {
    int position = Math.max(0, head().prompt().closedLength() - behind);
    apply(new Replace(position, 3, edits++ % 2 == 0 ? "One" : "Two"));
  }

  static int fragmentsOfASentence() {
    return NEXT.length;
  }

  long changelogBytes() {
    return entries.changelogBytes();
  }

  private void append(String text) {
    apply(new Append(text));
  }

  private Head head() {
    return store.head(SESSION).orElseThrow();
  }

  private void apply(Object content) {
    Head head = head();
    TypedPrompt typed = head.prompt();
    var fragment = new Fragment(1L, typed.nextSequence(), 0, 0, NOW, content);
    Edit edit =
        editor.apply(
            typed,
            fragment,
            0,
            (closed, visitor) ->
                store.segmentsBackwards(SESSION, 0, typed.revision(), closed, visitor),
            NOW);
    for (PromptChange change : edit.changes()) {
      if (change instanceof PromptChange.SegmentAdded added)
        store.putSegment(SESSION, added.turn(), edit.prompt().revision(), added.segment());
    }
    var transition =
        SessionMachine.apply(
            SESSION,
            store.options(SESSION, head),
            SessionTimes.DEFAULT,
            head.state(),
            new SessionEvent.Typed(edit.changes()),
            new StoredPrompt(store, SESSION, edit.prompt()),
            new Moment(NOW, false, false));
    store.putHead(SESSION, head.with(edit.prompt(), transition.state(), NOW));
  }
}
