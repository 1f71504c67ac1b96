package io.livemind.cli.study;

import io.livemind.replay.AnswerLength;
import io.livemind.replay.Arm;
import io.livemind.replay.recording.TypingStyle;
import io.livemind.schemas.avro.DraftWhen;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.PromptLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The questions that are answered in one run. All think and answer with the large model. */
final class Studies {
  private static final Arm LIVE = Arm.named("live-llm");
  private static final Arm CONVENTIONAL = Arm.named("baseline-llm");
  private static final String CONVENTIONAL_SERIES = "conventional";

  /** About as fast as people speak. */
  private static final double SPEAKING = 900;

  /** Between two words of somebody who types as fast as others speak there is less. */
  private static final int DRAFT_PAUSE_MILLIS = 450;

  private static final double[] PACES = {120, 240, 400, SPEAKING};
  private static final double[] PAUSES = {0, 0.5, 1, 2};

  private Studies() {}

  /** All of them. */
  static List<Study> all() {
    return List.of(cancel(), draft(), typing(), format(), tokens());
  }

  /** Empty if there is none of this name. */
  static Optional<Study> named(String name) {
    return all().stream().filter(study -> study.name().equals(name)).findFirst();
  }

  private static Study cancel() {
    var variants = new ArrayList<Variant>();
    for (TypingStyle style : List.of(TypingStyle.at(SPEAKING), TypingStyle.paste())) {
      String place = place(style);
      variants.add(Variant.of("cancelled", place, thinking(OnSubmit.CANCEL).typed(style)));
      variants.add(Variant.of("waited for", place, thinking(OnSubmit.WAIT).typed(style)));
      variants.add(Variant.of(CONVENTIONAL_SERIES, place, CONVENTIONAL.typed(style)));
    }
    return new Study(
        "cancel",
        "An inference that still runs at submit: cancelled or waited for",
        "How long does an answer take if an inference that still runs when the prompt ends is"
            + " cancelled, and how long if it is waited for, as in the paper?",
        "typing",
        variants,
        false,
        1);
  }

  private static Study draft() {
    var variants = new ArrayList<Variant>();
    for (double pause : PAUSES) {
      String place = String.format(Locale.ROOT, "%.1f s", pause);
      TypingStyle style = TypingStyle.at(SPEAKING).enterAfter(pause);
      Arm drafting =
          thinking(OnSubmit.CANCEL)
              .changing(
                  options ->
                      options.setDraftPauseMillis(DRAFT_PAUSE_MILLIS).setDraftWhen(DraftWhen.ANY));
      variants.add(Variant.of("draft answer", place, drafting.typed(style)));
      variants.add(Variant.of("no draft", place, thinking(OnSubmit.CANCEL).typed(style)));
      variants.add(Variant.of(CONVENTIONAL_SERIES, place, CONVENTIONAL.typed(style)));
    }
    return new Study(
        "draft",
        "A draft answer before Enter",
        "How long does an answer take if it is begun when typing pauses for "
            + DRAFT_PAUSE_MILLIS
            + " ms, before the prompt is submitted, by the pause between the last key and Enter?"
            + " Typed at 900 characters a minute.",
        "pause before Enter",
        variants,
        false,
        1);
  }

  private static Study typing() {
    var variants = new ArrayList<Variant>();
    var styles = new ArrayList<TypingStyle>();
    for (double pace : PACES) styles.add(TypingStyle.at(pace));
    styles.add(TypingStyle.paste());
    for (TypingStyle style : styles) {
      variants.add(Variant.of("live", place(style), thinking(OnSubmit.CANCEL).typed(style)));
      variants.add(Variant.of(CONVENTIONAL_SERIES, place(style), CONVENTIONAL.typed(style)));
    }
    return new Study(
        "typing",
        "The faster the typing, the less time to think",
        "How long does an answer take by the pace of typing, from slow typing to speech (900"
            + " characters a minute) and to a pasted prompt?",
        "typing",
        variants,
        false,
        4);
  }

  private static Study format() {
    var variants = new ArrayList<Variant>();
    for (PromptLayout layout : List.of(PromptLayout.APPEND_ONLY, PromptLayout.U_PI)) {
      String place = layout.name().toLowerCase(Locale.ROOT).replace('_', '-');
      Arm arm =
          LIVE.changing(
              options -> options.setLayout(layout).setOnSubmit(OnSubmit.CANCEL).setCoalesce(true));
      variants.add(Variant.of("live", place, arm.typed(TypingStyle.at(SPEAKING))));
    }
    return new Study(
        "format",
        "Prompt formats and the prefix cache",
        "How many prompt tokens does a serving engine with a prefix cache take from it, and how"
            + " soon does the answer begin, with append-only prompts and with the paper's u-pi?",
        "format",
        variants,
        true,
        1);
  }

  private static Study tokens() {
    Arm product = thinking(OnSubmit.CANCEL).changing(options -> options.setCoalesce(true));
    Arm collaborative = Arm.named("live-llm-slm");
    return new Study(
        "tokens",
        "What a saved second costs",
        "How many tokens more than a conventional answer does thinking cost, how many of them are"
            + " wasted, and how many is that for each second that is saved?",
        "arm",
        List.of(
            new Variant("baseline-llm", "baseline-llm", CONVENTIONAL),
            new Variant("live-llm", "live-llm", LIVE.against("baseline-llm")),
            new Variant(
                "as the product does",
                "product",
                product.called("as the product does").against("baseline-llm")),
            new Variant("live-llm-slm", "live-llm-slm", collaborative.against("baseline-llm"))),
        false,
        4);
  }

  /** As in the paper but for what happens on submit; its memory may not be the recorded one. */
  private static Arm thinking(OnSubmit onSubmit) {
    return LIVE.onSubmit(onSubmit).answering(AnswerLength.BY_MEMORY);
  }

  private static String place(TypingStyle style) {
    return style.pasted()
        ? "pasted"
        : String.format(Locale.ROOT, "%.0f / min", style.charactersPerMinute().orElse(0));
  }
}
