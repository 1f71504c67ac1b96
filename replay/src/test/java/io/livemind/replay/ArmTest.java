package io.livemind.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livemind.schemas.avro.Granularity;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.OnSubmit;
import io.livemind.schemas.avro.PromptLayout;
import io.livemind.schemas.avro.SessionOptions;
import org.junit.jupiter.api.Test;

class ArmTest {

  @Test
  void anUnknownArmIsAnErrorThatListsTheKnownOnes() {
    assertThatThrownBy(() -> Arm.named("liv-llm"))
        .isInstanceOf(UnknownArmException.class)
        .hasMessageContaining("\"liv-llm\"")
        .hasMessageContaining("baseline-llm, live-llm, live-llm-slm, baseline-slm")
        .hasMessageContaining("live, collaborative, conventional");
  }

  @Test
  void everyBuiltInArmIsFoundByItsNameAndItsBaselinesExist() {
    for (Arm arm : Arm.builtIn()) {
      assertThat(Arm.named(arm.name())).isEqualTo(arm);
      for (String baseline : arm.baselines())
        assertThat(Arm.named(baseline).options().getMode()).isEqualTo(Mode.CONVENTIONAL);
    }
  }

  @Test
  void armsOfThePaperThinkSentenceBySentenceAndWaitOnSubmit() {
    for (Arm arm : Arm.paper()) {
      SessionOptions options = arm.options();
      assertThat(options.getOnSubmit()).as(arm.name()).isEqualTo(OnSubmit.WAIT);
      assertThat(options.getCoalesce()).as(arm.name()).isFalse();
      assertThat(options.getGranularity()).as(arm.name()).isEqualTo(Granularity.SENTENCE);
      assertThat(options.getIdleGapMillis()).as(arm.name()).isZero();
      assertThat(options.getInferenceModel()).as(arm.name()).isEqualTo("large");
      assertThat(options.getOutputModel())
          .as(arm.name())
          .isEqualTo(arm.name().endsWith("-slm") ? "small" : "large");
      assertThat(arm.live()).as(arm.name()).isEqualTo(arm.name().startsWith("live"));
    }
  }

  @Test
  void theArmOfClausesHasALayoutThatTheSimulatorCanCheckAndNoSummariesThatWereNotRecorded() {
    SessionOptions options = Arm.named("live-llm-clause-text").options();

    assertThat(options.getGranularity()).isEqualTo(Granularity.CLAUSE);
    assertThat(options.getLayout()).isEqualTo(PromptLayout.APPEND_ONLY);
    assertThat(options.getSummarizeAfter()).isZero();
    assertThat(options.getOnSubmit()).isEqualTo(OnSubmit.WAIT);
  }

  @Test
  void armsOfTheDemoCancelOnSubmitAndJoinWhatWaits() {
    for (Arm arm : Arm.demo()) {
      assertThat(arm.options().getOnSubmit()).as(arm.name()).isEqualTo(OnSubmit.CANCEL);
      assertThat(arm.options().getCoalesce()).as(arm.name()).isTrue();
    }
    assertThat(Arm.named("collaborative").options().getOutputModel()).isEqualTo("small");
    assertThat(Arm.named("conventional").live()).isFalse();
  }

  @Test
  void whatHappensOnSubmitCanBeChangedForAnArm() {
    Arm paper = Arm.named("live-llm");

    Arm changed = paper.onSubmit(OnSubmit.CANCEL);

    assertThat(changed.options().getOnSubmit()).isEqualTo(OnSubmit.CANCEL);
    assertThat(changed.onSubmit(OnSubmit.WAIT)).isEqualTo(paper);
  }
}
