package io.livemind.topology;

import static java.lang.Math.min;

import io.livemind.schemas.FailureCode;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Open;
import io.livemind.schemas.avro.Resume;
import io.livemind.schemas.avro.SessionOptions;
import io.livemind.topology.SessionInput.PromptUpdate;
import io.livemind.topology.SessionInput.Refusal;
import io.livemind.topology.SessionInput.ResumeRequested;
import io.livemind.topology.SessionInput.SessionOpened;
import io.livemind.topology.segmentation.SegmentationSettings;
import io.livemind.topology.segmentation.Segmenter;
import io.livemind.topology.state.Head;
import io.livemind.topology.state.KnownOptions;
import io.livemind.topology.state.LatestUsed;
import io.livemind.topology.state.OptionsDigest;
import io.livemind.topology.state.SessionStore;
import io.livemind.topology.typing.ClosedSegments;
import io.livemind.topology.typing.PromptEditor;
import io.livemind.topology.typing.PromptEditor.Edit;
import io.livemind.topology.typing.TypedPrompt;
import io.livemind.topology.typing.TypingLimits;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * First stage: puts fragments in order, applies them to the prompt, cuts segments.
 *
 * <p>It reads the session's head and hands it on together with what changed; the second stage
 * writes it. A pause in the typing closes the open text, and a gap that stays ends in {@code
 * missing_sequence}.
 */
final class FragmentsToSegments implements Processor<String, Fragment, String, SessionInput> {
  static final String NAME = "fragments-to-segments";

  private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9_-]{16,64}");
  private static final Duration TICK = Duration.ofMillis(50);

  /** Clients choose how their text is cut; most choose the same. */
  private static final int CACHED_EDITORS = 64;

  private final TypingLimits limits;
  private final TaskLimits taskLimits;
  private final int answersPartitions;
  private final ProcessWatch watch;
  private final PartitionProgress partitions;
  private final KnownOptions knownOptions;
  private final Map<SegmentationSettings, PromptEditor> editors = new LatestUsed<>(CACHED_EDITORS);
  private Timers timers;
  private ProcessorContext<String, SessionInput> context;
  private SessionStore store;
  private InputProgress progress;

  /** Headers of the fragment that is worked on: they tell what caused it. */
  private Headers received = new RecordHeaders();

  FragmentsToSegments(
      TypingLimits limits,
      TaskLimits taskLimits,
      int answersPartitions,
      ProcessWatch watch,
      PartitionProgress partitions,
      KnownOptions knownOptions) {
    this.limits = limits;
    this.taskLimits = taskLimits;
    this.answersPartitions = answersPartitions;
    this.watch = watch;
    this.partitions = partitions;
    this.knownOptions = knownOptions;
  }

  @Override
  public void init(ProcessorContext<String, SessionInput> newContext) {
    context = newContext;
    timers = new Timers();
    store = new SessionStore(newContext.getStateStore(SessionStore.NAME), knownOptions);
    progress = partitions.assigned(newContext.taskId().partition());
    store.forEachSession(
        (session, head) -> setTimer(session, store.options(session, head), head.prompt()));
    newContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<String, Fragment> fragment) {
    watch.check();
    received = fragment.headers();
    context.recordMetadata().ifPresent(progress::processed);
    checkPartition(fragment.value().getAnswersPartition());
    String session = fragment.key();
    Optional<Head> head = store.head(session);
    if (head.isPresent() && fragment.value().getContent() instanceof Resume resume) {
      int partition = fragment.value().getAnswersPartition();
      forward(session, new ResumeRequested(head.get(), resume.getRequest(), partition));
    } else if (head.isPresent()) {
      type(session, head.get(), fragment.value());
    } else if (fragment.value().getContent() instanceof Open open && !store.isDeleted(session)) {
      open(session, open, fragment.value());
    } else {
      forward(
          session,
          new Refusal(fragment.value(), FailureCode.SESSION_UNKNOWN, OptionalLong.empty()));
    }
  }

  /** A partition that is not there would hold the producer up for a minute. */
  private void checkPartition(int partition) {
    if (partition >= 0 && partition < answersPartitions) return;
    throw new FragmentException(
        FailureCode.UNKNOWN_PARTITION, "answers has partitions 0 to " + (answersPartitions - 1));
  }

  private void open(String session, Open open, Fragment fragment) {
    if (!SESSION_ID.matcher(session).matches()) {
      throw new FragmentException(
          FailureCode.UNPROCESSABLE, "a session id has 16 to 64 letters, digits, - or _");
    }
    editor(open.getOptions());
    OptionalLong exceeded = taskLimits.exceeded(open.getOptions());
    if (exceeded.isPresent()) {
      forward(session, new Refusal(fragment, FailureCode.OPTIONS_TOO_LARGE, exceeded));
      return;
    }
    var prompt =
        TypedPrompt.opened(
            fragment.getWriter(), fragment.getSequence() + 1, context.currentSystemTimeMs());
    var head =
        Head.opened(
            fragment.getAnswersPartition(),
            open.getOwnerDigest(),
            OptionsDigest.of(open.getOptions()),
            prompt,
            context.currentSystemTimeMs());
    forward(session, new SessionOpened(fragment, open.getOptions(), head));
  }

  private void type(String session, Head head, Fragment fragment) {
    SessionOptions options = store.options(session, head);
    TypedPrompt prompt = head.prompt();
    Edit edit =
        editor(options)
            .apply(
                prompt,
                fragment,
                head.state().turn(),
                closed(session, prompt),
                context.currentSystemTimeMs());
    Head moving = isNews(prompt, fragment) ? head.moving(fragment.getAnswersPartition()) : head;
    update(session, options, moving, edit);
  }

  /** What an earlier writer sends, or the writer sends again, tells nothing of its whereabouts. */
  private static boolean isNews(TypedPrompt prompt, Fragment fragment) {
    boolean newer = fragment.getWriter() > prompt.writer();
    boolean next =
        fragment.getWriter() == prompt.writer() && fragment.getSequence() >= prompt.nextSequence();
    return newer || next;
  }

  private void tick(long nowMillis) {
    watch.check();
    received = new RecordHeaders();
    EachSession.of(
        timers.due(nowMillis),
        session -> store.head(session).ifPresent(head -> pausedTyping(session, head, nowMillis)),
        session -> timers.set(session, nowMillis + EachSession.PAUSE_MILLIS));
  }

  private void pausedTyping(String session, Head head, long nowMillis) {
    SessionOptions options = store.options(session, head);
    PromptEditor editor = editor(options);
    TypedPrompt prompt = head.prompt();
    boolean idle = idleAtMillis(prompt, options) <= nowMillis;
    Edit edit =
        idle
            ? editor.closeIdle(prompt, nowMillis)
            : editor.endWait(prompt, head.state().turn(), closed(session, prompt), nowMillis);
    update(session, options, head, edit);
  }

  private ClosedSegments closed(String session, TypedPrompt prompt) {
    return (before, visitor) ->
        store.segmentsBackwards(session, prompt.turn(), prompt.revision(), before, visitor);
  }

  private void update(String session, SessionOptions options, Head head, Edit edit) {
    if (!edit.prompt().equals(head.prompt()) || !edit.changes().isEmpty()) {
      forward(session, new PromptUpdate(head, edit.prompt(), edit.changes()));
    }
    setTimer(session, options, edit.prompt());
  }

  private void forward(String session, SessionInput input) {
    context.forward(new Record<>(session, input, context.currentSystemTimeMs(), received));
  }

  private void setTimer(String session, SessionOptions options, TypedPrompt prompt) {
    timers.set(session, min(idleAtMillis(prompt, options), waitEndsAtMillis(prompt)));
  }

  /** What waits for its turn is looked at with each tick. */
  private long waitEndsAtMillis(TypedPrompt prompt) {
    if (prompt.gapSinceMillis() == 0) return Long.MAX_VALUE;
    return prompt.gapSinceMillis() + (prompt.waitsForTurn() ? 0 : limits.gapMillis());
  }

  private static long idleAtMillis(TypedPrompt prompt, SessionOptions options) {
    boolean watched =
        options.getIdleGapMillis() > 0 && !prompt.openText().isBlank() && !prompt.isCutBySizeOnly();
    return watched ? prompt.typedAtMillis() + options.getIdleGapMillis() : Long.MAX_VALUE;
  }

  private PromptEditor editor(SessionOptions options) {
    var settings =
        new SegmentationSettings(
            options.getGranularity(),
            options.getMinimumSegmentLength(),
            options.getMaximumSegmentLength());
    return editors.computeIfAbsent(
        settings, chosen -> new PromptEditor(new Segmenter(chosen), limits));
  }
}
