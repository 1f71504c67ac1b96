package io.livemind.schemas;

import io.livemind.schemas.avro.Action;
import io.livemind.schemas.avro.ActionSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A thinking model's reply: {@code action NAME. text}, the form that the paper's program uses
 * (arXiv 2406.14319). A model is asked for it by the system prompt; what it makes of it is data,
 * and only a reply that parses to an allowed action becomes memory.
 *
 * @param action what the model chose to do
 * @param text the rest of the reply, without outer white space; empty for {@code wait}
 */
public record ActionReply(Action action, String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*action[ :]+([a-z]+)\\s*[.:]?(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * Reads a reply.
   *
   * @return empty if the reply does not have the form, names an action that the set does not allow,
   *     or concludes nothing
   */
  public static Optional<ActionReply> parse(String reply, ActionSet allowed) {
    Matcher form = FORM.matcher(reply);
    if (!form.matches()) return Optional.empty();
    Optional<Action> action = named(form.group(1).toLowerCase(Locale.ROOT), allowed);
    String text = form.group(2).strip();
    return action
        .filter(named -> named == Action.WAIT || !text.isEmpty())
        .map(named -> new ActionReply(named, named == Action.WAIT ? "" : text));
  }

  /** The reply as a model is asked to write it. */
  public String format() {
    String name = action.name().toLowerCase(Locale.ROOT);
    return text.isEmpty() ? "action " + name + "." : "action " + name + ". " + text;
  }

  private static Optional<Action> named(String name, ActionSet allowed) {
    boolean complete = allowed == ActionSet.COMPLETE;
    return switch (name) {
      case "inference" -> Optional.of(Action.INFERENCE);
      case "wait" -> Optional.of(Action.WAIT);
      case "background" -> complete ? Optional.of(Action.BACKGROUND) : Optional.empty();
      case "hypothesize" -> complete ? Optional.of(Action.HYPOTHESIZE) : Optional.empty();
      default -> Optional.empty();
    };
  }
}
