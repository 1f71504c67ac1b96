package io.livemind.topology.segmentation;

import java.util.regex.Pattern;

/**
 * What the segmenter remembers of the closed text. Whoever holds the carry after a segment can go
 * on cutting behind it without the text before.
 *
 * @param midLine whether the closed text ends inside a line
 * @param fence the length of the code fence that is open, positive for back-ticks and negative for
 *     tildes; 0: the closed text ends outside a code block
 * @param list the last item of the list that is being typed; empty: none
 * @param language two lower-case letters: the language of the closed text as far as it matters to
 *     the rules; empty: not known
 */
public record Carry(boolean midLine, int fence, String list, String language) {

  private static final int LONGEST_FENCE = 99;
  private static final Pattern LIST =
      Pattern.compile("|[-*]|\\(?[0-9]{1,3}[.)]{1,2}|\\(?[a-z]{1,5}[.)]{1,2}");
  private static final Pattern LANGUAGE = Pattern.compile("|[a-z]{2}");
  private static final String SEPARATOR = " ";

  /** Before the first character of a prompt. */
  public static final Carry START = new Carry(false, 0, "", "");

  public Carry {
    if (Math.abs(fence) > LONGEST_FENCE
        || !LIST.matcher(list).matches()
        || !LANGUAGE.matcher(language).matches()) {
      throw new IllegalArgumentException("not a carry of the segmenter");
    }
  }

  /** Short ASCII text; empty for {@link #START}. */
  public String encode() {
    if (equals(START)) return "";
    return String.join(SEPARATOR, midLine ? "m" : "s", Integer.toString(fence), list, language);
  }

  /**
   * The inverse of {@link #encode()}.
   *
   * @throws IllegalArgumentException when the text is no encoded carry
   */
  public static Carry decode(String encoded) {
    if (encoded.isEmpty()) return START;
    String[] parts = encoded.split(SEPARATOR, -1);
    if (parts.length != 4) throw new IllegalArgumentException("not an encoded carry");
    return new Carry(parts[0].equals("m"), Integer.parseInt(parts[1]), parts[2], parts[3]);
  }
}
