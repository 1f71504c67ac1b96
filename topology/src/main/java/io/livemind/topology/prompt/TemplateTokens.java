package io.livemind.topology.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the power from chat-template markers that a user typed: a serving engine must not read them
 * as the border of a message. A zero-width space is put behind the first character of each;
 * everything else stays as it is.
 */
final class TemplateTokens {
  /** Markers of ChatML, Llama 2 and 3, Gemma, Mistral, Phi and DeepSeek. */
  private static final Pattern MARKER =
      Pattern.compile(
          "<\\|[A-Za-z_0-9▁ ]{1,40}\\|>|<｜[^｜]{1,40}｜>|</?s>|</?(?:start|end)_of_turn>|<(?:bos|eos|pad|unk)>"
              + "|\\[/?INST]|\\[/?(?:AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|SYSTEM_PROMPT)]|<</?SYS>>");

  private TemplateTokens() {}

  static String neutralise(String text) {
    if (text.indexOf('<') < 0 && text.indexOf('[') < 0) return text;
    return MARKER
        .matcher(text)
        .replaceAll(
            marker -> {
              String found = marker.group();
              return Matcher.quoteReplacement(found.charAt(0) + "\u200b" + found.substring(1));
            });
  }
}
