package io.livemind.topology.prompt;

import io.livemind.schemas.avro.Mode;
import io.livemind.schemas.avro.SessionOptions;

/** The layout that a session's options ask for. */
public final class PromptLayouts {
  private static final PromptLayout CONVENTIONAL = new ConventionalLayout();

  private PromptLayouts() {}

  /** The layout of every call of the session. */
  public static PromptLayout of(SessionOptions options) {
    if (options.getMode() == Mode.CONVENTIONAL) return CONVENTIONAL;
    return switch (options.getLayout()) {
      case APPEND_ONLY -> new AppendOnlyLayout(options.getActions());
      case U_PI, U_PLI, U_SPI, UA_PIL, UA_SPI -> new AppendOnlyLayout(options.getActions());
    };
  }
}
