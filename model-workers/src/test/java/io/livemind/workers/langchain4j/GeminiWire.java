package io.livemind.workers.langchain4j;

/** Google's Gemini; a stream has no last mark. */
record GeminiWire() implements Wire {
  private static final String USAGE =
      "\"usageMetadata\":{\"promptTokenCount\":50,\"candidatesTokenCount\":5,"
          + "\"cachedContentTokenCount\":40}";

  @Override
  public String provider() {
    return "gemini";
  }

  @Override
  public String text(String piece) {
    return Wire.event(
        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\""
            + Wire.quoted(piece)
            + "\"}]}}],"
            + USAGE
            + "}");
  }

  @Override
  public String end(End how) {
    String reason =
        switch (how) {
          case GOOD -> "STOP";
          case LENGTH -> "MAX_TOKENS";
          case REFUSED -> "SAFETY";
          case UNKNOWN -> "OTHER";
        };
    return Wire.event("{\"candidates\":[{\"finishReason\":\"" + reason + "\"}]," + USAGE + "}");
  }

  @Override
  public String errorEvent(String type, String message) {
    return Wire.event(errorBody(0, type, message));
  }

  @Override
  public String errorBody(int status, String type, String message) {
    return "{\"error\":{\"code\":%d,\"status\":\"%s\",\"message\":\"%s\"}}"
        .formatted(status, type, message);
  }

  @Override
  public String toString() {
    return provider();
  }
}
