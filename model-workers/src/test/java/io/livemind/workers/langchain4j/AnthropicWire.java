package io.livemind.workers.langchain4j;

/** Anthropic's messages; cached tokens are counted apart from the others. */
record AnthropicWire() implements Wire {
  @Override
  public String provider() {
    return "anthropic";
  }

  @Override
  public String start() {
    return named(
            "message_start",
            "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"role\":\"assistant\","
                + "\"usage\":{\"input_tokens\":3,\"cache_read_input_tokens\":40,"
                + "\"cache_creation_input_tokens\":7,\"output_tokens\":1}}}")
        + named("ping", "{\"type\":\"ping\"}")
        + named(
            "content_block_start",
            "{\"type\":\"content_block_start\",\"index\":0,"
                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
  }

  @Override
  public String text(String piece) {
    return named(
        "content_block_delta",
        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
            + Wire.quoted(piece)
            + "\"}}");
  }

  @Override
  public String end(End how) {
    String reason =
        switch (how) {
          case GOOD -> "end_turn";
          case LENGTH -> "max_tokens";
          case REFUSED -> "refusal";
          case UNKNOWN -> "pause_turn";
        };
    return named("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
        + named(
            "message_delta",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
                + reason
                + "\"},\"usage\":{\"output_tokens\":5}}");
  }

  @Override
  public String lastMark() {
    return named("message_stop", "{\"type\":\"message_stop\"}");
  }

  @Override
  public String errorEvent(String type, String message) {
    return named("error", errorBody(0, type, message));
  }

  @Override
  public String errorBody(int status, String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
        .formatted(type, message);
  }

  private static String named(String name, String data) {
    return "event: " + name + "\n" + Wire.event(data);
  }

  @Override
  public String toString() {
    return provider();
  }
}
