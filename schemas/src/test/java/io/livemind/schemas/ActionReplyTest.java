package io.livemind.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.ActionSet;
import org.junit.jupiter.api.Test;

class ActionReplyTest {

  @Test
  void anActionOfTheSetIsRead() {
    assertThat(ActionReply.parse("action inference. It rains.", ActionSet.SIMPLE))
        .contains(new ActionReply(Action.INFERENCE, "It rains."));
    assertThat(ActionReply.parse(" Action Wait.\n", ActionSet.SIMPLE))
        .contains(new ActionReply(Action.WAIT, ""));
    assertThat(ActionReply.parse("action hypothesize: maybe\nmore", ActionSet.COMPLETE))
        .contains(new ActionReply(Action.HYPOTHESIZE, "maybe\nmore"));
  }

  @Test
  void anActionOutsideTheSetIsNoAction() {
    assertThat(ActionReply.parse("action background. Rain is water.", ActionSet.SIMPLE)).isEmpty();
    assertThat(ActionReply.parse("action summarize. All of it.", ActionSet.COMPLETE)).isEmpty();
    assertThat(ActionReply.parse("action delete. everything", ActionSet.COMPLETE)).isEmpty();
  }

  @Test
  void freeTextIsNoAction() {
    assertThat(ActionReply.parse("I take action inference. Yes.", ActionSet.SIMPLE)).isEmpty();
    assertThat(ActionReply.parse("", ActionSet.SIMPLE)).isEmpty();
    assertThat(ActionReply.parse("action inference.", ActionSet.SIMPLE)).isEmpty();
  }
}
