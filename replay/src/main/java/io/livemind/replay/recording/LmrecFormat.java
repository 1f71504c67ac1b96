package io.livemind.replay.recording;

/**
 * The words of the {@code .lmrec} format, version 1 (docs/recording-format.md): what reader and
 * writer share.
 */
final class LmrecFormat {
  /** The key of a header line; its value is the version. */
  static final String VERSION_KEY = "lmrec";

  static final int VERSION = 1;

  static final String TURN = "turn";
  static final String TYPED = "typed";
  static final String EDITED = "edited";
  static final String BOUNDARY = "boundary";
  static final String SUBMIT = "submit";
  static final String SEGMENT = "segment";
  static final String INFERENCE = "inference";
  static final String ANSWER = "answer";
  static final String ERROR = "error";

  private LmrecFormat() {}

  /**
   * A text hash as it stands in a file: 16 hexadecimal digits, since JSON has no 64-bit integer.
   */
  static String hex(long hash) {
    return String.format("%016x", hash);
  }
}
