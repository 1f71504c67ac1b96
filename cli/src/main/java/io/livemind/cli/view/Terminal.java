package io.livemind.cli.view;

import java.util.Map;
import java.util.Properties;

/**
 * What standard output and standard error are connected to. The launcher finds it out and hands it
 * over as system properties, since a JVM can only tell whether input <em>and</em> output are a
 * terminal.
 *
 * @param outputIsTerminal whether a person reads standard output
 * @param errorIsTerminal whether a person reads standard error
 * @param columns width in cells; at least 40
 * @param rows height in cells; at least 10
 * @param colours whether colours are wanted (see no-color.org)
 */
public record Terminal(
    boolean outputIsTerminal, boolean errorIsTerminal, int columns, int rows, boolean colours) {
  private static final String PREFIX = "livemind.terminal.";
  private static final int FEWEST_COLUMNS = 40;
  private static final int FEWEST_ROWS = 10;
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;

  /** Nobody reads along. */
  public static final Terminal NONE = new Terminal(false, false, USUAL_COLUMNS, USUAL_ROWS, false);

  public Terminal {
    columns = Math.max(FEWEST_COLUMNS, columns);
    rows = Math.max(FEWEST_ROWS, rows);
  }

  /** From what the launcher found out; no terminal if it said nothing. */
  public static Terminal of(Properties system, Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean noColours = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        flag(system, "output") && !dumb,
        flag(system, "error"),
        number(system, "columns", USUAL_COLUMNS),
        number(system, "rows", USUAL_ROWS),
        !noColours && !dumb);
  }

  private static boolean flag(Properties system, String name) {
    return Boolean.parseBoolean(system.getProperty(PREFIX + name, "false"));
  }

  private static int number(Properties system, String name, int otherwise) {
    String value = system.getProperty(PREFIX + name, "");
    return value.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(value) : otherwise;
  }
}
