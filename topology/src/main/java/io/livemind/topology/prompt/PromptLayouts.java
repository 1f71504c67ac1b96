package io.livemind.topology.prompt;

import io.livemind.schemas.avro.ActionSet;
import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.SessionOptions;

/** The layout that a session's options ask for. */
public final class PromptLayouts {
  private static final PromptLayout CONVENTIONAL = new ConventionalLayout();

  private PromptLayouts() {}

  /** The layout of every call of the session; a conventional session has only one. */
  public static PromptLayout of(SessionOptions options) {
    if (options.getMode() == Mode.CONVENTIONAL) return CONVENTIONAL;
    ActionSet actions = options.getActions();
    return switch (options.getLayout()) {
      case APPEND_ONLY -> new AppendOnlyLayout(actions);
      case U_PI -> new PaperLayout(actions, OneMessage::promptInferences);
      case U_PLI -> new PaperLayout(actions, OneMessage::promptLastInferences);
      case U_SPI -> new PaperLayout(actions, OneMessage::sequence);
      case UA_PIL -> new PaperLayout(actions, AlternatingMessages::promptInferencesLast);
      case UA_SPI -> new PaperLayout(actions, AlternatingMessages::sequence);
    };
  }
}
