package io.livemind.replay.recording;

/** A recording that cannot be read: the file, the line and the reason. */
public final class RecordingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String reason;

  /**
   * @param file as the user named it
   * @param line from 1; 0 where the file as a whole is meant
   * @param reason what is wrong; never text of the recording
   */
  public RecordingException(String file, int line, String reason) {
    super((line == 0 ? file : file + ":" + line) + ": " + reason);
    this.file = file;
    this.line = line;
    this.reason = reason;
  }

  public String file() {
    return file;
  }

  /** From 1; 0 where the file as a whole is meant. */
  public int line() {
    return line;
  }

  public String reason() {
    return reason;
  }
}
