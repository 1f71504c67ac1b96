package io.livemind.replay;

import io.livemind.replay.latency.ArmLatency;
import io.livemind.replay.recording.TypingStyle;
import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.Granularity;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.SessionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A way in which recordings are replayed: how the pipeline is to treat the session, and which of
 * the recorded outputs the models are to give.
 *
 * @param name as the user writes it
 * @param options of its sessions; never changed
 * @param outputs the recorded arm whose outputs it uses
 * @param latency how long simulated models take for these outputs
 * @param baselines names of the arms that its latency is compared with
 * @param typing how its prompts are typed
 * @param answerLength of simulated answers
 */
public record Arm(
    String name,
    SessionOptions options,
    String outputs,
    ArmLatency latency,
    List<String> baselines,
    TypingStyle typing,
    AnswerLength answerLength) {
  private static final String LARGE = "large";
  private static final String SMALL = "small";

  /** The longest recorded answer takes 219 s; the deadline leaves it room at the recorded speed. */
  private static final Duration PAPER_DEADLINE = Duration.ofMinutes(10);

  /** UTF-16 units; longer than any recorded question, since the paper cuts at sentences alone. */
  private static final int PAPER_SEGMENT_LIMIT = 4_000;

  private static final List<Arm> PAPER =
      List.of(
          paper("baseline-llm", Mode.CONVENTIONAL, LARGE, ArmLatency.BASELINE_LLM, List.of()),
          paper("live-llm", Mode.LIVE, LARGE, ArmLatency.LIVE_LLM, List.of("baseline-llm")),
          paper(
              "live-llm-slm",
              Mode.LIVE,
              SMALL,
              ArmLatency.LIVE_LLM_SLM,
              List.of("baseline-slm", "baseline-llm")),
          paper("baseline-slm", Mode.CONVENTIONAL, SMALL, ArmLatency.BASELINE_SLM, List.of()));

  private static final Arm CLAUSES = clauses();

  private static final List<Arm> DEMO =
      List.of(
          demo("live", Mode.LIVE, LARGE, ArmLatency.LIVE_LLM, List.of("conventional")),
          demo("collaborative", Mode.LIVE, SMALL, ArmLatency.LIVE_LLM_SLM, List.of("conventional")),
          demo("conventional", Mode.CONVENTIONAL, LARGE, ArmLatency.BASELINE_LLM, List.of()));

  public Arm {
    baselines = List.copyOf(baselines);
  }

  /**
   * The built-in arm of this name.
   *
   * @throws UnknownArmException if there is none; its message lists them
   */
  public static Arm named(String name) {
    return named(name, builtIn());
  }

  /**
   * The one of these that has this name.
   *
   * @throws UnknownArmException if there is none; its message lists them
   */
  public static Arm named(String name, List<Arm> known) {
    return known.stream()
        .filter(arm -> arm.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownArmException(name, known.stream().map(Arm::name).toList()));
  }

  /** All built-in arms. */
  public static List<Arm> builtIn() {
    return Stream.of(PAPER, List.of(CLAUSES), DEMO).flatMap(List::stream).toList();
  }

  /** The four arms of the paper, on the published results. */
  public static List<Arm> paper() {
    return PAPER;
  }

  /** The three arms of the demo, on the recordings that ship with the product. */
  public static List<Arm> demo() {
    return DEMO;
  }

  /** The same, except for what becomes of an inference that still runs when the prompt ends. */
  public Arm onSubmit(OnSubmit onSubmit) {
    return changing(changed -> changed.setOnSubmit(onSubmit));
  }

  /** An arm whose prompts are typed as they were recorded. */
  public Arm(
      String name,
      SessionOptions options,
      String outputs,
      ArmLatency latency,
      List<String> baselines) {
    this(
        name, options, outputs, latency, baselines, TypingStyle.AS_RECORDED, AnswerLength.RECORDED);
  }

  /** The same under another name. */
  public Arm called(String newName) {
    return with(newName, options, typing, answerLength);
  }

  /** The same, typed otherwise. */
  public Arm typed(TypingStyle style) {
    return with(name, options, style, answerLength);
  }

  /** The same with other options. */
  public Arm changing(Consumer<SessionOptions.Builder> change) {
    SessionOptions.Builder changed = SessionOptions.newBuilder(options);
    change.accept(changed);
    return with(name, changed.build(), typing, answerLength);
  }

  /** The same with simulated answers of another length. */
  public Arm answering(AnswerLength length) {
    return with(name, options, typing, length);
  }

  /** The same, with models that are told the form of the answer. */
  public Arm answeringIn(String format) {
    return changing(changed -> changed.setAnswerFormat(format));
  }

  /** The same, compared with other arms. */
  public Arm against(String... names) {
    return new Arm(name, options, outputs, latency, List.of(names), typing, answerLength);
  }

  private Arm with(
      String newName, SessionOptions newOptions, TypingStyle style, AnswerLength length) {
    return new Arm(newName, newOptions, outputs, latency, baselines, style, length);
  }

  /** The built-in arm that answers the same prompts with the same model, and does not think. */
  public Optional<Arm> conventional() {
    boolean small = options.getOutputModel().equals(SMALL);
    return outputs.startsWith("live-llm")
        ? Optional.of(Arm.named(small ? "baseline-slm" : "baseline-llm"))
        : Optional.empty();
  }

  /** Whether prompts are typed and answers are as long as recorded. */
  public boolean asRecorded() {
    return typing.equals(TypingStyle.AS_RECORDED) && answerLength == AnswerLength.RECORDED;
  }

  /** Whether the models of this arm think before the prompt is complete. */
  public boolean live() {
    return options.getMode() == Mode.LIVE;
  }

  /** As in the paper: one sentence a call, and a running inference is waited for. */
  private static Arm paper(
      String name, Mode mode, String outputModel, ArmLatency latency, List<String> baselines) {
    // The paper's collaborative runs offered the model the simple actions, its others all of them.
    ActionSet actions = outputModel.equals(SMALL) ? ActionSet.SIMPLE : ActionSet.COMPLETE;
    return new Arm(
        name, paperOptions(mode, outputModel, actions).build(), name, latency, baselines);
  }

  /**
   * As in the runs whose texts were kept, but for two things. Their layout was {@code u-pi}, in
   * which the simulator cannot tell what was typed from what was inferred, and so not check it:
   * here it is append-only. Their summaries came with the reply to a thinking call, ours are calls
   * of their own, and are left out.
   */
  private static Arm clauses() {
    String name = "live-llm-clause-text";
    SessionOptions options =
        paperOptions(Mode.LIVE, LARGE, ActionSet.COMPLETE)
            .setGranularity(Granularity.CLAUSE)
            .build();
    return new Arm(name, options, name, ArmLatency.LIVE_LLM_CLAUSE_TEXT, List.of("baseline-llm"));
  }

  private static SessionOptions.Builder paperOptions(
      Mode mode, String outputModel, ActionSet actions) {
    return SessionOptions.newBuilder()
        .setMode(mode)
        .setInferenceModel(LARGE)
        .setOutputModel(outputModel)
        .setActions(actions)
        .setGranularity(Granularity.SENTENCE)
        .setMaximumSegmentLength(PAPER_SEGMENT_LIMIT)
        .setIdleGapMillis(0)
        .setCoalesce(false)
        .setOnSubmit(OnSubmit.WAIT)
        .setTurnDeadlineMillis((int) PAPER_DEADLINE.toMillis());
  }

  /**
   * As the product does it: a running inference is cancelled, and segments that wait are joined.
   */
  private static Arm demo(
      String name, Mode mode, String outputModel, ArmLatency latency, List<String> baselines) {
    SessionOptions options =
        SessionOptions.newBuilder()
            .setMode(mode)
            .setInferenceModel(LARGE)
            .setOutputModel(outputModel)
            .setCoalesce(true)
            .setOnSubmit(OnSubmit.CANCEL)
            .build();
    return new Arm(name, options, name, latency, baselines);
  }
}
