package io.livemind.workers.langchain4j;

/** OpenAI's chat completions. */
record OpenAiWire() implements Wire {
  @Override
  public String provider() {
    return "openai";
  }

  @Override
  public String start() {
    return Wire.event("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}");
  }

  @Override
  public String text(String piece) {
    return Wire.event(
        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + Wire.quoted(piece) + "\"}}]}");
  }

  @Override
  public String end(End how) {
    String reason =
        switch (how) {
          case GOOD -> "stop";
          case LENGTH -> "length";
          case REFUSED -> "content_filter";
          case UNKNOWN -> "abort";
        };
    return Wire.event("{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}")
        + Wire.event(
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":5,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":40}}}");
  }

  @Override
  public String lastMark() {
    return Wire.event("[DONE]");
  }

  @Override
  public String errorEvent(String type, String message) {
    return Wire.event("{\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"}}");
  }

  @Override
  public String errorBody(int status, String type, String message) {
    return "{\"error\":{\"type\":\"%s\",\"code\":\"%s\",\"message\":\"%s\"}}"
        .formatted(type, type, message);
  }

  @Override
  public String toString() {
    return provider();
  }
}
