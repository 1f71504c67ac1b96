package io.livemind.gateway.fragments;

import io.livemind.gateway.problem.Problem;
import io.livemind.schemas.avro.Append;
import io.livemind.schemas.avro.Boundary;
import io.livemind.schemas.avro.Cancel;
import io.livemind.schemas.avro.Fragment;
import io.livemind.schemas.avro.Replace;
import io.livemind.schemas.avro.Submit;
import java.util.HexFormat;
import java.util.Set;

/**
 * An edit of the prompt as a client sends it: {@code {sequence, turn, kind, ...}}. The gateway adds
 * the writer and where the answers go.
 *
 * @param sequence counts the writer's fragments from 0
 * @param turn of the session, from 0
 * @param content one of the kinds of {@link Fragment#getContent()}
 */
public record FragmentJson(long sequence, int turn, Object content) {
  /** The largest whole number that JavaScript holds exactly. */
  public static final long LARGEST = (1L << 53) - 1;

  private static final String LIMIT = "fragment-length";
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "sequence",
          "turn",
          "kind",
          "text",
          "position",
          "deletedLength",
          "length",
          "hash");
  private static final int HASH_DIGITS = 16;

  /**
   * Reads one.
   *
   * @param longest UTF-16 units of its text
   */
  public static FragmentJson read(JsonFields fields, int longest) {
    fields.only(KNOWN);
    long sequence = fields.number("sequence", 0, LARGEST);
    int turn = (int) fields.number("turn", 0, Integer.MAX_VALUE);
    Object content =
        switch (fields.text("kind", 16)) {
          case "append" -> new Append(fields.text("text", LIMIT, longest));
          case "replace" ->
              new Replace(
                  length(fields, "position"),
                  length(fields, "deletedLength"),
                  fields.text("text", LIMIT, longest));
          case "boundary" -> new Boundary();
          case "submit" -> new Submit(length(fields, "length"), hash(fields));
          case "cancel" -> new Cancel();
          default ->
              throw Problem.invalid(
                  fields.path("kind"), "must be append, replace, boundary, submit or cancel");
        };
    return new FragmentJson(sequence, turn, content);
  }

  /** The record for the log. */
  public Fragment toFragment(long writer, int answersPartition, long madeAtMillis) {
    return new Fragment(writer, sequence, turn, answersPartition, madeAtMillis, content);
  }

  private static int length(JsonFields fields, String field) {
    return (int) fields.number(field, 0, Integer.MAX_VALUE);
  }

  /** 16 hexadecimal digits: JavaScript has no whole numbers of 64 bits in JSON. */
  private static long hash(JsonFields fields) {
    String digits = fields.text("hash", HASH_DIGITS);
    try {
      if (digits.length() == HASH_DIGITS) return HexFormat.fromHexDigitsToLong(digits);
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw Problem.invalid(fields.path("hash"), "must have 16 hexadecimal digits");
  }
}
