package io.livemind.cli.view;

/** The few colours of the view; without colours everything is plain. */
enum Style {
  TITLE("1"),
  FAINT("2"),
  THOUGHT("36"),
  ANSWER("32");

  private static final String ESCAPE = "\u001b[";

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String of(String text, boolean colours) {
    return colours && !text.isEmpty() ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
  }
}
